#pragma once

#include <botocxx/base/result.h>

#include <cstddef>
#include <functional>
#include <iterator>
#include <optional>
#include <utility>

namespace botocxx::inline v1 {

/// A range that is passed through once; each of its items is a value or, as the last one, an error.
///
///     for (Result<Page>& page : pages) {
///       if (!page) return report(page.error());
///       use(*page);
///     }
///     for (const Page& page : std::move(pages).or_throw()) use(page);  // throws instead
///
/// Items are fetched when they are stepped to. Move-only; one thread at a time.
template <typename T>
class ResultRange {
 public:
  /// Gives the next item, nothing at the end.
  using Source = std::function<Result<std::optional<T>>()>;
  class Iterator;
  class Throwing;

  explicit ResultRange(Source source) : source_(std::move(source)) {}
  ResultRange(ResultRange&&) noexcept = default;
  ResultRange& operator=(ResultRange&&) noexcept = default;

  /// The next item; nothing at the end, and after an error.
  Result<std::optional<T>> next() {
    if (!source_) return std::optional<T>();
    Result<std::optional<T>> item = source_();
    if (!item || !item->has_value()) source_ = nullptr;
    return item;
  }

  Iterator begin() { return Iterator(*this); }
  std::default_sentinel_t end() const { return {}; }

  /// The same range with plain values as items; where an error would be the item, its exception is
  /// thrown.
  Throwing or_throw() && { return Throwing(std::move(*this)); }

 private:
  Source source_;
};

template <typename T>
class ResultRange<T>::Iterator {
 public:
  using value_type = Result<T>;
  using difference_type = std::ptrdiff_t;
  using reference = Result<T>&;
  using iterator_concept = std::input_iterator_tag;

  Iterator() = default;
  explicit Iterator(ResultRange& range) : range_(&range) { step(); }

  reference operator*() const { return *item_; }
  Result<T>* operator->() const { return &*item_; }
  Iterator& operator++() {
    step();
    return *this;
  }
  void operator++(int) { step(); }
  friend bool operator==(const Iterator& it, std::default_sentinel_t) {
    return !it.item_.has_value();
  }

 private:
  void step() {
    Result<std::optional<T>> next = range_->next();
    item_.reset();
    if (!next) {
      item_.emplace(std::move(next).error());
    } else if (next->has_value()) {
      item_.emplace(**std::move(next));
    }
  }

  ResultRange* range_ = nullptr;
  mutable std::optional<Result<T>> item_{};
};

/// See `ResultRange::or_throw`.
template <typename T>
class ResultRange<T>::Throwing {
 public:
  class Iterator {
   public:
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    using reference = T&;
    using iterator_concept = std::input_iterator_tag;

    Iterator() = default;
    explicit Iterator(ResultRange& range) : at_(range) {}
    reference operator*() const { return at_->value(); }
    T* operator->() const { return &at_->value(); }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    void operator++(int) { ++at_; }
    friend bool operator==(const Iterator& it, std::default_sentinel_t end) {
      return it.at_ == end;
    }

   private:
    typename ResultRange<T>::Iterator at_{};
  };

  explicit Throwing(ResultRange range) : range_(std::move(range)) {}
  Iterator begin() { return Iterator(range_); }
  std::default_sentinel_t end() const { return {}; }

 private:
  ResultRange range_;
};

}  // namespace botocxx::inline v1

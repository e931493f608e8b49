#pragma once

#include "page/page_cursor.h"
#include "page/page_fetch.h"
#include <botocxx/page/paginator.h>

namespace botocxx::inline v1 {

struct Pages::State {
  std::optional<page::PageCursor> cursor{};  ///< none when paging could not begin
  std::optional<page::PageFetch> fetch{};
  std::optional<Error> failure{};  ///< the next item
  bool ended = false;
};

}  // namespace botocxx::inline v1

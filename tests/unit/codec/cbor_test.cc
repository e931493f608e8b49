#include "codec/cbor_value.h"
#include "codec/cbor_writer.h"
#include "support/hex.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory_resource>
#include <string>

namespace botocxx::codec {
namespace {

using testing_support::octets;

Value read(std::string_view hex) { return read_cbor(octets(hex)).value(); }

std::string problem_of(std::string_view hex) {
  auto value = read_cbor(octets(hex));
  return value ? "no error" : value.error().message();
}

template <typename Write>
std::string written(Write write) {
  CborWriter writer;
  write(writer);
  return writer.take();
}

TEST(CborReader, ReadsIntegersOfEverySize) {
  EXPECT_EQ(read("00"), Value(0));
  EXPECT_EQ(read("17"), Value(23));
  EXPECT_EQ(read("18ff"), Value(255));
  EXPECT_EQ(read("190100"), Value(256));
  EXPECT_EQ(read("1affffffff"), Value(4294967295));
  EXPECT_EQ(read("1b7fffffffffffffff"), Value(std::numeric_limits<std::int64_t>::max()));
  EXPECT_EQ(read("3b7fffffffffffffff"), Value(std::numeric_limits<std::int64_t>::min()));
  EXPECT_EQ(read("3903e7"), Value(-1000));
}

TEST(CborReader, TurnsIntegersOutOf64BitsIntoDoubles) {
  Value large = read("1bffffffffffffffff");
  ASSERT_TRUE(large.is_double());
  EXPECT_EQ(large.as_double(), 18446744073709551616.0);
  EXPECT_EQ(read("3bffffffffffffffff").as_double(), -18446744073709551616.0);
}

TEST(CborReader, ReadsFloatsOfEverySize) {
  EXPECT_EQ(read("f90000").as_double(), 0.0);
  EXPECT_EQ(read("f93c00").as_double(), 1.0);
  EXPECT_EQ(read("f90001").as_double(), std::ldexp(1, -24));
  EXPECT_EQ(read("f97bff").as_double(), 65504.0);
  EXPECT_EQ(read("f9c400").as_double(), -4.0);
  EXPECT_EQ(read("f97c00").as_double(), HUGE_VAL);
  EXPECT_EQ(read("f9fc00").as_double(), -HUGE_VAL);
  EXPECT_TRUE(std::isnan(read("f97e00").as_double()));
  EXPECT_TRUE(std::signbit(read("f98000").as_double()));
  EXPECT_EQ(read("fa47c35000").as_double(), 100000.0);
  EXPECT_EQ(read("fb3ff199999999999a").as_double(), 1.1);
}

TEST(CborReader, ReadsCountedAndMarkedLengthsAlike) {
  EXPECT_EQ(read("63666f6f"), Value("foo"));
  EXPECT_EQ(read("7f61666060626f6fff"), Value("foo"));
  EXPECT_EQ(read("7f61c361a9ff"), Value("\u00e9")) << "a character may be cut by chunks";
  EXPECT_TRUE(read("5f4101420203ff").is_bytes());
  EXPECT_EQ(read("83010203"), read("9f010203ff"));
  EXPECT_EQ(read("a1616101"), read("bf616101ff"));
  EXPECT_EQ(read("9fff"), Value::list());
  EXPECT_EQ(read("a0"), Value::object());
}

TEST(CborReader, ReadsTag1AsATimestamp) {
  EXPECT_EQ(read("c11a514b67b0").as_timestamp(), Timestamp::from_unix(1363896240));
  EXPECT_EQ(read("c1fb41d452d9ec200000").as_timestamp(),
            Timestamp::from_unix(1363896240, 500'000'000));
  EXPECT_EQ(read("c120").as_timestamp(), Timestamp::from_unix(-1));
  EXPECT_NE(problem_of("c16161").find("a timestamp must be a number, found text"),
            std::string::npos);
  EXPECT_NE(problem_of("c1f97e00").find("years 1 to 9999"), std::string::npos);
  EXPECT_NE(problem_of("c11bffffffffffffffff").find("years 1 to 9999"), std::string::npos);
}

TEST(CborReader, GivesTheLastOfRepeatedKeysThePlaceOfTheFirst) {
  Value map = read("a3616101616202616103");
  ASSERT_EQ(map.size(), 2u);
  EXPECT_EQ(map.members()[0].key.view(), "a");
  EXPECT_EQ(map["a"], Value(3));
}

TEST(CborReader, KeepsOrDropsNullsAsAsked) {
  std::string map = octets("a26161f66162f7");
  EXPECT_EQ(read_cbor(map).value().size(), 2u);
  CborValueOptions options;
  options.nulls = CborNulls::kDrop;
  EXPECT_EQ(read_cbor(map, options).value().size(), 0u);
  EXPECT_EQ(read_cbor(octets("81f6"), options).value().size(), 1u);
}

TEST(CborReader, NamesTheOctetAndWhatIsWrong) {
  EXPECT_EQ(problem_of(""), "octet 0: the data ends where an item should begin");
  EXPECT_EQ(problem_of("8201"),
            "octet 0: 2 entries of an array are announced and 1 octets are left");
  EXPECT_EQ(problem_of("9f01"), "octet 2: the data ends where an item should begin");
  EXPECT_EQ(problem_of("8118"), "octet 1: the data ends within an item");
  EXPECT_EQ(problem_of("6261"), "octet 0: 2 octets of text are announced and 1 are left");
  EXPECT_EQ(problem_of("61ff"), "octet 0: the text is not UTF-8");
  EXPECT_EQ(problem_of("a10102"), "octet 1: a key must be text, found integer");
}

TEST(CborReader, RefusesWhatIsReserved) {
  for (int type = 0; type < 8; ++type) {
    for (int info = 28; info < 31; ++info) {
      std::string item(1, static_cast<char>(type << 5 | info));
      item.append(16, '\0');
      EXPECT_FALSE(read_cbor(item)) << type << " " << info;
    }
  }
  for (std::string_view hex : {"1f", "3f", "df01", "e0", "f3", "f820", "fc"}) {
    EXPECT_FALSE(read_cbor(octets(hex))) << hex;
  }
}

TEST(CborReader, RefusesBreaksInWrongPlaces) {
  for (std::string_view hex : {"ff", "81ff", "a1ff", "bf6161ff", "c1ff", "5f00ff"}) {
    EXPECT_FALSE(read_cbor(octets(hex))) << hex;
  }
  EXPECT_FALSE(read_cbor(octets("5f6161ff"))) << "a text among chunks of bytes";
  EXPECT_FALSE(read_cbor(octets("7f7f6161ffff"))) << "chunks in chunks";
}

TEST(CborReader, BelievesNoLengthThatTheDataDoesNotHold) {
  for (std::string_view hex :
       {"5bffffffffffffffff", "7bffffffffffffffff", "9bffffffffffffffff", "bbffffffffffffffff",
        "bb7fffffffffffffff", "5affffffff00", "9a0000000300", "b90001f6"}) {
    EXPECT_FALSE(read_cbor(octets(hex))) << hex;
  }
}

TEST(CborReader, LimitsNesting) {
  for (std::string_view opening : {"\x81", "\x9f", "\xa1\x61k", "\xbf\x61k"}) {
    std::string deep;
    for (int i = 0; i < 100'000; ++i) deep += opening;
    deep += "\xf6";
    auto value = read_cbor(deep);
    ASSERT_FALSE(value);
    EXPECT_NE(value.error().message().find("nested more than 512 deep"), std::string::npos);
    CborReader reader(deep);
    EXPECT_FALSE(reader.skip());
  }
}

// Counts what is taken at the most.
class CountingResource : public std::pmr::memory_resource {
 public:
  std::size_t most() const { return most_; }

 private:
  void* do_allocate(std::size_t size, std::size_t alignment) override {
    most_ = std::max(most_, now_ += size);
    return std::pmr::new_delete_resource()->allocate(size, alignment);
  }
  void do_deallocate(void* memory, std::size_t size, std::size_t alignment) override {
    now_ -= size;
    std::pmr::new_delete_resource()->deallocate(memory, size, alignment);
  }
  bool do_is_equal(const memory_resource& other) const noexcept override { return this == &other; }

  std::size_t now_ = 0, most_ = 0;
};

TEST(CborReader, ReservesLittleForCountsThatAreFalse) {
  // Each array announces about as many items as octets follow, which no array inside of it leaves.
  std::string nested;
  for (int i = 0; i < 500; ++i) nested += octets("9a 0007a120");
  nested += std::string(500'000, '\x9f');
  CountingResource memory;
  EXPECT_FALSE(read_cbor(nested, {&memory}));
  EXPECT_LT(memory.most(), 4'000'000u);
}

TEST(CborReader, SkipsTagsInARowWithoutRecursion) {
  std::string tags = std::string(1'000'000, '\xc6') + "\x01";
  CborReader reader(tags);
  EXPECT_TRUE(reader.skip());
  EXPECT_TRUE(reader.at_end());
}

TEST(CborReader, ClosedContainersDoNotCountAsDepth) {
  std::string wide = "\x9f";
  for (int i = 0; i < 2000; ++i) wide += octets("808101");
  wide += "\xff";
  EXPECT_EQ(read_cbor(wide).value().size(), 4000u);
}

TEST(CborReader, FailsAtEveryCut) {
  std::string whole = octets("bf6161820118ff61625f4101ff6163c11a514b67b06164fb3ff199999999999aff");
  ASSERT_TRUE(read_cbor(whole));
  for (std::size_t size = 0; size < whole.size(); ++size) {
    std::string cut = whole.substr(0, size);
    EXPECT_FALSE(read_cbor(cut)) << size;
    CborReader reader(cut);
    EXPECT_FALSE(reader.skip()) << size;
  }
}

TEST(CborReader, SkipsWhatItWouldNotRead) {
  std::string item = octets("a301a1c2420102f4810203d8186361626300");
  CborReader reader(item);
  EXPECT_TRUE(reader.skip());
  EXPECT_TRUE(reader.at_end());
}

TEST(CborWriter, WritesTheShortestIntegers) {
  auto integer = [](std::int64_t number) {
    return written([&](CborWriter& out) { out.integer(number); });
  };
  EXPECT_EQ(integer(0), octets("00"));
  EXPECT_EQ(integer(23), octets("17"));
  EXPECT_EQ(integer(24), octets("1818"));
  EXPECT_EQ(integer(255), octets("18ff"));
  EXPECT_EQ(integer(256), octets("190100"));
  EXPECT_EQ(integer(65535), octets("19ffff"));
  EXPECT_EQ(integer(65536), octets("1a00010000"));
  EXPECT_EQ(integer(4294967295), octets("1affffffff"));
  EXPECT_EQ(integer(4294967296), octets("1b0000000100000000"));
  EXPECT_EQ(integer(-1), octets("20"));
  EXPECT_EQ(integer(-25), octets("3818"));
  EXPECT_EQ(integer(std::numeric_limits<std::int64_t>::min()), octets("3b7fffffffffffffff"));
}

TEST(CborWriter, NeverShortensFloatsButSpecialOnes) {
  auto float32 = [](float x) { return written([&](CborWriter& out) { out.float32(x); }); };
  auto float64 = [](double x) { return written([&](CborWriter& out) { out.float64(x); }); };
  EXPECT_EQ(float32(1), octets("fa3f800000"));
  EXPECT_EQ(float64(1), octets("fb3ff0000000000000"));
  EXPECT_EQ(float64(HUGE_VAL), octets("f97c00"));
  EXPECT_EQ(float32(-HUGE_VALF), octets("f9fc00"));
  EXPECT_EQ(float64(std::nan("")), octets("f97e00"));
}

TEST(CborWriter, StatesLengths) {
  std::string all = written([](CborWriter& out) {
    out.map(2);
    out.text("a");
    out.array(2);
    out.boolean(true);
    out.null();
    out.text("b");
    out.bytes(std::string(300, 'x'));
  });
  EXPECT_EQ(all, octets("a2616182f5f6616259012c") + std::string(300, 'x'));
}

}  // namespace
}  // namespace botocxx::codec

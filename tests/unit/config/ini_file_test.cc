#include <botocxx/config/ini_file.h>

#include <gtest/gtest.h>

#include <string>

namespace botocxx {
namespace {

IniFile parse(std::string_view text) { return IniFile::parse(text, "/f").value(); }

std::string value(const IniFile& file, std::string_view section, std::string_view option) {
  const IniFile::Section* found = file.find(section);
  const IniFile::Option* wanted = found ? found->find(option) : nullptr;
  return wanted ? wanted->value : "(none)";
}

std::string failure(std::string_view text) {
  auto file = IniFile::parse(text, "/f");
  if (file) return "(parsed)";
  EXPECT_EQ(file.error().code(), "ConfigParse");
  EXPECT_EQ(file.error().kind(), ErrorKind::kCredentials);
  return file.error().message();
}

TEST(IniFile, ReadsSectionsAndOptionsWithEitherDelimiter) {
  auto file =
      parse("[default]\nRegion = eu-west-1\noutput: json\r\nempty =\n\n[profile x]\na=b=c:d\n");
  EXPECT_EQ(value(file, "default", "region"), "eu-west-1");
  EXPECT_EQ(value(file, "default", "output"), "json");
  EXPECT_EQ(value(file, "default", "empty"), "");
  EXPECT_EQ(value(file, "profile x", "a"), "b=c:d");
  EXPECT_EQ(file.find("profile x")->line, 6);
  EXPECT_EQ(file.find("default")->find("output")->line, 3);
}

TEST(IniFile, OnlyWholeLinesAreComments) {
  auto file = parse("# c\n[s]\n  ; c\na = 1 # no comment\nb = 2;neither\n#a = 3\n");
  EXPECT_EQ(value(file, "s", "a"), "1 # no comment");
  EXPECT_EQ(value(file, "s", "b"), "2;neither");
}

TEST(IniFile, IndentedLinesGoOn) {
  auto file = parse("[s]\na = 1\n  2\n# c\n\t3\n\n  4\n\nb = 5\n");
  EXPECT_EQ(value(file, "s", "a"), "1\n2\n3\n\n4");
  EXPECT_EQ(value(file, "s", "b"), "5");
}

TEST(IniFile, AValueThatBeginsOnTheNextLineHasOptionsOfItsOwn) {
  auto file = parse("[s]\ns3 =\n  addressing_style = path\n  x=y=z\n\n  x = last\nregion = r\n");
  const IniFile::Option* s3 = file.find("s")->find("s3");
  ASSERT_EQ(s3->nested.size(), 2U);
  EXPECT_EQ(s3->nested[0].name, "addressing_style");
  EXPECT_EQ(s3->nested[0].value, "path");
  EXPECT_EQ(s3->nested[1].value, "last");
  EXPECT_EQ(value(file, "s", "region"), "r");
}

TEST(IniFile, DefaultsOfAllSectionsAreInherited) {
  auto file = parse("[a]\nx = own\n[DEFAULT]\nx = shared\ny = shared\n[b]\n");
  EXPECT_EQ(value(file, "a", "x"), "own");
  EXPECT_EQ(value(file, "a", "y"), "shared");
  EXPECT_EQ(value(file, "b", "x"), "shared");
  EXPECT_EQ(file.find("DEFAULT"), nullptr);
}

TEST(IniFile, AnOptionLessIndentedThanItsPredecessorBeginsAnew) {
  auto file = parse("[s]\n   a = 1\n b = 2\n");
  EXPECT_EQ(value(file, "s", "a"), "1");
  EXPECT_EQ(value(file, "s", "b"), "2");
}

TEST(IniFile, NamesFileAndLineOfWhatItCannotRead) {
  EXPECT_EQ(failure("a = 1\n"),
            "Unable to parse config file: /f:1: an option before the first [section]");
  EXPECT_EQ(failure("[s]\nsecret-in-a-wrong-place\n").find("/f:2: "), 29U);
  EXPECT_EQ(failure("[s]\nsecret-in-a-wrong-place\n").find("secret"), std::string::npos);
  EXPECT_EQ(failure("[s]\n[s]\n"),
            "Unable to parse config file: /f:2: section [s] is there already, in line 1");
  EXPECT_EQ(failure("[s]\na=1\nA=2\n"),
            "Unable to parse config file: /f:3: option a is there already, in line 2");
  EXPECT_EQ(failure("[s]\n= 1\n"),
            "Unable to parse config file: /f:2: the option's name is missing");
  EXPECT_EQ(failure("[s]\ns3 =\n  nothing\n"),
            "Unable to parse config file: /f:3: a line under s3 is not name = value");
  EXPECT_EQ(failure("[s]\r\n\r\na = \xff\n"), "Unable to parse config file: /f:3: it is not UTF-8");
  EXPECT_EQ(failure("\xef\xbb\xbf[s]\n"),
            "Unable to parse config file: /f:1: it begins with a byte order mark");
  EXPECT_NE(failure("[]\n"), "(parsed)");
  EXPECT_NE(failure("[s\n"), "(parsed)");
}

TEST(IniFile, NestedLinesKnowWhereTheyStand) {
  auto file = parse("[s]\ns3 =\n  a = 1\n# c\n\n  b = 2\n");
  const IniFile::Option* s3 = file.find("s")->find("s3");
  EXPECT_EQ(s3->find("a")->line, 3);
  EXPECT_EQ(s3->find("b")->line, 6);
  EXPECT_EQ(s3->find("c"), nullptr);
}

TEST(IniFile, BlanksOfOtherScriptsAreBlanks) {
  EXPECT_EQ(value(parse("[s]\n\u00a0\u3000a\u2003=\u00a0x\u2009\n"), "s", "a"), "x");
  EXPECT_EQ(value(parse("[s]\na = 1\n\u2003more\n"), "s", "a"), "1\nmore");
  EXPECT_EQ(value(parse("[s]\na = \x1cx\x1f\n"), "s", "a"), "x");
}

TEST(IniFile, ABrokenBlockOfDefaultsMattersWhereItIsInherited) {
  EXPECT_NE(failure("[DEFAULT]\ns3 =\n  nothing\n[a]\n"), "(parsed)");
  EXPECT_EQ(failure("[DEFAULT]\ns3 =\n  nothing\n[a]\ns3 = own\n"), "(parsed)");
  EXPECT_EQ(failure("[DEFAULT]\ns3 =\n  nothing\n"), "(parsed)");
}

TEST(IniFile, AnythingMayBeEmpty) {
  EXPECT_TRUE(parse("").sections().empty());
  EXPECT_TRUE(parse("\n\n  \n# x").sections().empty());
  EXPECT_EQ(value(parse("[s]\na="), "s", "a"), "");
  EXPECT_EQ(value(parse("[s] trailing\na=1"), "s", "a"), "1");
}

}  // namespace
}  // namespace botocxx

#include "codec/xml.h"

#include <gtest/gtest.h>

namespace botocxx::codec {
namespace {

XmlDocument parsed(std::string_view text) { return std::move(XmlDocument::parse(text)).value(); }

std::string problem_of(std::string_view text, const XmlReadOptions& options = {}) {
  auto document = XmlDocument::parse(text, options);
  return document ? "parsed" : document.error().message();
}

std::string nested(std::size_t depth) {
  std::string text;
  for (std::size_t i = 0; i < depth; ++i) text += "<a>";
  for (std::size_t i = 0; i < depth; ++i) text += "</a>";
  return text;
}

TEST(XmlDocument, GivesLocalNamesChildrenInOrderAndTheTextBeforeTheFirstChild) {
  std::string text = "<s:R xmlns:s='urn:x'>one<b>two</b>three<s:c/></s:R>";
  XmlDocument document = parsed(text);
  EXPECT_EQ(document.root().name, "R");
  EXPECT_EQ(document.root().text, "one");
  const XmlNode* b = document.root().first_child;
  ASSERT_NE(b, nullptr);
  EXPECT_EQ(b->name, "b");
  EXPECT_EQ(b->text, "two");
  ASSERT_NE(b->next_sibling, nullptr);
  EXPECT_EQ(b->next_sibling->name, "c");
  EXPECT_EQ(b->next_sibling->next_sibling, nullptr);
}

TEST(XmlDocument, JoinsTextThatReferencesCommentsAndCdataCut) {
  EXPECT_EQ(parsed("<a>x &amp;&#65;<!-- no -->y<![CDATA[<z>]]>&lt;</a>").root().text, "x &Ay<z><");
  EXPECT_EQ(parsed("<a>&amp;</a>").root().text, "&");
  EXPECT_EQ(parsed("<a>l1\r\nl2\rl3</a>").root().text, "l1\nl2\nl3");
}

TEST(XmlDocument, RefersToTheSourceWhereTextNeedsNoChange) {
  std::string text = "<a><k>plain</k><k>" + std::string(1000, 'x') + "</k><k>a&amp;b</k></a>";
  XmlDocument document = parsed(text);
  const XmlNode* node = document.root().first_child;
  EXPECT_TRUE(document.is_in_source(node->text));
  EXPECT_TRUE(document.is_in_source(node->next_sibling->text));
  EXPECT_FALSE(document.is_in_source(node->next_sibling->next_sibling->text));
}

TEST(XmlDocument, TellsPrefixedAttributesFromPlainOnesAndDropsNamespaceDeclarations) {
  XmlDocument document = parsed(
      "<g xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:type=\"a&amp;b\" x='1'/>");
  auto attributes = document.root().attributes;
  ASSERT_EQ(attributes.size(), 2u);
  EXPECT_EQ(attributes[0].name, "type");
  EXPECT_TRUE(attributes[0].has_prefix);
  EXPECT_EQ(attributes[0].value, "a&b");
  EXPECT_FALSE(attributes[1].has_prefix);
}

TEST(XmlDocument, ReadsUtf8WhateverTheDeclarationSays) {
  EXPECT_EQ(parsed("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xc3\xa9</a>").root().text,
            "\xc3\xa9");
  EXPECT_EQ(parsed("\xef\xbb\xbf<a>\xe2\x82\xac</a>").root().text, "\xe2\x82\xac");
}

TEST(XmlDocument, RefusesOtherEncodingsThanUtf8Silently) {
  testing::internal::CaptureStderr();
  EXPECT_NE(problem_of(std::string_view("\0\0\0<\0\0\0a\0\0\0/", 12)), "parsed");
  EXPECT_NE(problem_of(std::string_view("\xff\xfe<\0a\0/\0>\0", 10)), "parsed");
  EXPECT_NE(problem_of(std::string_view("\0\0\t\0<a/>", 8)), "parsed");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(XmlDocument, TakesNamespacesThatAreNoUris) {
  EXPECT_EQ(parsed("<p:a xmlns:p='=not:a>uri' xmlns='http://a:b/'><b/></p:a>").root().name, "a");
  EXPECT_NE(problem_of("<p:a/>"), "parsed");
}

TEST(XmlDocument, RefusesOctetsOfZeroAnywhere) {
  EXPECT_EQ(problem_of(std::string_view("<a/>\n \0<b/>", 11)),
            "line 2, column 1: an octet of zero");
  EXPECT_EQ(problem_of(std::string_view("<a/>\0", 5)), "line 1, column 4: an octet of zero");
  EXPECT_NE(problem_of(std::string_view("<a>\0</a>", 8)), "parsed");
}

TEST(XmlDocument, EqualNamesAreOneTextInMemory) {
  XmlDocument document = parsed("<r><a/><s:a xmlns:s='urn:x'/></r>");
  const XmlNode* first = document.root().first_child;
  EXPECT_EQ(first->name.data(), first->next_sibling->name.data());
}

TEST(XmlDocument, ReadsTextsAndDocumentsBeyondTenMillionOctets) {
  std::string text = "<a>" + std::string(11'000'000, 'x') + "<b/></a>";
  EXPECT_EQ(parsed(text).root().text.size(), 11'000'000u);
}

TEST(XmlDocument, RefusesWhatIsNotWellFormedNamingLineAndColumn) {
  EXPECT_EQ(problem_of("<a>\n<b></a>").substr(0, 15), "line 2, column ");
  for (std::string_view bad : {"", "   ", "plain", "{}", "<a>", "<a></b>", "<a/><b/>", "<a/>x",
                               "<a b=c/>", "<a>&undefined;</a>", "<a>&#0;</a>", "<x:a/>",
                               "<a>\xff</a>", "<a b='1' b='2'/>", "<a>]]></a>"}) {
    EXPECT_NE(problem_of(bad), "parsed") << bad;
  }
}

TEST(XmlDocument, ErrorsCarryCodeAndPosition) {
  auto document = XmlDocument::parse("<a>\n  <b></c>");
  ASSERT_FALSE(document);
  EXPECT_EQ(document.error().code(), "XmlSyntax");
  EXPECT_EQ(document.error().context()[0].second, "2");
}

TEST(XmlDocument, RefusesEntityDeclarationsSoThatNothingExpands) {
  std::string bomb = "<!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]><l>&b;</l>";
  EXPECT_NE(problem_of(bomb).find("declares the entity \"a\""), std::string::npos);
  EXPECT_NE(problem_of("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>"),
            "parsed");
  EXPECT_NE(problem_of("<!DOCTYPE a [<!ENTITY % p SYSTEM 'http://127.0.0.1:1/'>%p;]><a/>"),
            "parsed");
}

TEST(XmlDocument, SkipsADocumentTypeWithoutReadingWhatItNames) {
  EXPECT_EQ(problem_of("<!DOCTYPE html SYSTEM 'file:///nonexistent.dtd'><html/>"), "parsed");
}

TEST(XmlDocument, RefusesNestingDeeperThanAsked) {
  XmlReadOptions options;
  options.max_depth = 10;
  EXPECT_EQ(problem_of(nested(10), options), "parsed");
  EXPECT_NE(problem_of(nested(11), options).find("deeper than 10"), std::string::npos);
  EXPECT_NE(problem_of(nested(200'000)), "parsed");
}

TEST(XmlWriter, PrintsAsElementTreeDoes) {
  XmlWriter writer;
  writer.open("Delete");
  writer.set_attribute("xmlns", "urn:\"<&>\r\n\t");
  writer.element("Key", "a\n<&>\"'");
  writer.element("Empty", "");
  writer.open("O");
  writer.close();
  writer.close();
  EXPECT_EQ(
      writer.str(),
      "<Delete xmlns=\"urn:&quot;&lt;&amp;&gt;&#13;&#10;&#09;\"><Key>a\n&lt;&amp;&gt;\"'</Key>"
      "<Empty /><O /></Delete>");
}

TEST(XmlWriter, TakesAttributesAfterChildrenToo) {
  XmlWriter writer;
  writer.open("a");
  writer.set_attribute("x", "1");
  writer.open("b");
  writer.text("t");
  writer.close();
  writer.set_attribute("x", "2");
  writer.set_attribute("y", "3");
  writer.element("c", "u");
  writer.close();
  EXPECT_EQ(writer.str(), "<a x=\"2\" y=\"3\"><b>t</b><c>u</c></a>");
}

TEST(XmlWriter, IgnoresACloseTooMany) {
  XmlWriter writer;
  writer.close();
  writer.set_attribute("x", "1");
  EXPECT_EQ(writer.str(), "");
}

TEST(XmlDocument, RefusesMoreNamesThanAnyModelHas) {
  std::string text = "<a>";
  for (int i = 0; i < 80'000; ++i) text += "<x" + std::to_string(i) + "/>";
  EXPECT_NE(problem_of(text + "</a>").find("different names"), std::string::npos);
}

}  // namespace
}  // namespace botocxx::codec

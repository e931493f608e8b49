#include "support/scratch_folder.h"
#include <botocxx/config/config_file_writer.h>

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace botocxx {
namespace {

using testing_support::ScratchFolder;

std::string with(std::string_view text, std::string_view section, ConfigFileOption option) {
  auto made = with_options(text, section, std::span(&option, 1), "/f");
  return made ? *made : made.error().code() + ": " + made.error().message();
}

TEST(ConfigFileWriter, ReplacesAValueAndKeepsAllElse) {
  EXPECT_EQ(with("# top\n[default]\n; mine\nregion=a  \n\n[profile b]\nregion = c\n", "default",
                 {"region", "new"}),
            "# top\n[default]\n; mine\nregion = new\n\n[profile b]\nregion = c\n");
}

TEST(ConfigFileWriter, AddsAnOptionBehindTheLastOfItsSection) {
  EXPECT_EQ(with("[default]\na = 1\n\n# about b\n[profile b]\n", "default", {"x", "2"}),
            "[default]\na = 1\nx = 2\n\n# about b\n[profile b]\n");
  EXPECT_EQ(with("[default]", "default", {"x", "2"}), "[default]\nx = 2\n");
  EXPECT_EQ(with("[default]\na = 1\n[DEFAULT]\nb = 1\n", "default", {"b", "2"}),
            "[default]\na = 1\nb = 2\n[DEFAULT]\nb = 1\n");
}

TEST(ConfigFileWriter, AppendsASectionThatIsMissing) {
  EXPECT_EQ(with("", "default", {"x", "2"}), "[default]\nx = 2\n");
  EXPECT_EQ(with("[a]\ny = 1", "profile b", {"x", "2"}), "[a]\ny = 1\n[profile b]\nx = 2\n");
}

TEST(ConfigFileWriter, WritesLinesUnderAnOption) {
  EXPECT_EQ(with("", "default", {"s3", "path", "addressing_style"}),
            "[default]\ns3 =\n    addressing_style = path\n");
  EXPECT_EQ(with("[default]\ns3 =\n  a = 1\n\nregion = r\n", "default", {"s3", "2", "b"}),
            "[default]\ns3 =\n  a = 1\n  b = 2\n\nregion = r\n");
  EXPECT_EQ(with("[default]\ns3 =\n  a = 1\n  b = 1\nregion = r\n", "default", {"s3", "2", "a"}),
            "[default]\ns3 =\n  a = 2\n  b = 1\nregion = r\n");
  EXPECT_EQ(with("[default]\ns3 = text\n", "default", {"s3", "2", "a"}),
            "[default]\ns3 =\n    a = 2\n");
}

TEST(ConfigFileWriter, AnOptionOfTheSameNameUnderAnotherIsAnother) {
  EXPECT_EQ(with("[default]\ns3 =\n  region = x\n", "default", {"region", "r"}),
            "[default]\ns3 =\n  region = x\nregion = r\n");
}

TEST(ConfigFileWriter, AValueOfSeveralLinesIsReplacedAsAWhole) {
  EXPECT_EQ(with("[default]\na = 1\n  2\n# c\n  3\nb = 4\n", "default", {"a", "x"}),
            "[default]\na = x\n# c\nb = 4\n");
}

TEST(ConfigFileWriter, FindsAProfileHoweverItIsQuoted) {
  EXPECT_EQ(with("[profile \"a b\"]\nx = 1\n", config_section_of("a b"), {"x", "2"}),
            "[profile \"a b\"]\nx = 2\n");
  EXPECT_EQ(config_section_of("dev"), "profile dev");
  EXPECT_EQ(config_section_of("default"), "default");
  EXPECT_EQ(config_section_of("it's mine"), "profile 'it'\"'\"'s mine'");
}

TEST(ConfigFileWriter, LineEndsStayAsTheyAre) {
  EXPECT_EQ(with("[default]\r\na = 1\r\nb = 2\r\n", "default", {"a", "x"}),
            "[default]\r\na = x\nb = 2\r\n");
}

TEST(ConfigFileWriter, RefusesWhatCannotBeReadBackAndNamesNoValue) {
  for (const ConfigFileOption& option : {ConfigFileOption{"a", "se\ncret"},
                                         {"a", "se\rcret"},
                                         {"a\nb", "secret"},
                                         {"a=b", "secret"},
                                         {"", "secret"},
                                         {"a", "secret", "b:c"},
                                         {" a", "secret"},
                                         {"[a]", "secret"}}) {
    std::string made = with("[default]\n", "default", option);
    EXPECT_EQ(made.find("InvalidConfig: "), 0U) << made;
    EXPECT_EQ(made.find("cret"), std::string::npos) << made;
  }
  EXPECT_EQ(with("[default]\n", "a\n[b]", {"a", "1"}).find("InvalidConfig: "), 0U);
  EXPECT_EQ(with("no section\n", "default", {"a", "1"}).find("ConfigParse: "), 0U);
}

TEST(ConfigFileWriter, WritesFilesForTheOwnerOnlyAndLeavesBrokenOnesAlone) {
  namespace fs = std::filesystem;
  ScratchFolder folder;
  ConfigFileOption option{"a", "1"};
  const FileSystem& files = *system_host().files;
  ASSERT_TRUE(update_config_file(files, folder.path("new/config"), "default", {&option, 1}));
  EXPECT_EQ(files.read_file(folder.path("new/config")).value(), "[default]\na = 1\n");
  auto mode = fs::status(folder.path("new/config")).permissions();
  EXPECT_EQ(mode, fs::perms::owner_read | fs::perms::owner_write);
  fs::create_symlink(folder.path("new/config"), folder.path("link"));
  option.value = "2";
  ASSERT_TRUE(update_config_file(files, folder.path("link"), "default", {&option, 1}));
  EXPECT_TRUE(fs::is_symlink(folder.path("link")));
  EXPECT_EQ(files.read_file(folder.path("new/config")).value(), "[default]\na = 2\n");
  folder.write("broken", "what\n");
  EXPECT_FALSE(update_config_file(files, folder.path("broken"), "default", {&option, 1}));
  EXPECT_EQ(files.read_file(folder.path("broken")).value(), "what\n");
}

}  // namespace
}  // namespace botocxx

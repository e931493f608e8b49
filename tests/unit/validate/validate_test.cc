#include "validate/validate.h"

#include "codec/json.h"
#include "model/compiler.h"

#include <gtest/gtest.h>

namespace botocxx::validate {
namespace {

constexpr std::string_view kModel = R"({
  "metadata": {},
  "operations": {},
  "shapes": {
    "In": {"type": "structure", "required": ["Name", "Tags"], "members": {
      "Name": {"shape": "Name"}, "Count": {"shape": "Count"}, "Ratio": {"shape": "Ratio"},
      "Flag": {"shape": "Flag"}, "Data": {"shape": "Data"}, "When": {"shape": "When"},
      "Tags": {"shape": "Tags"}, "Map": {"shape": "Map"}, "Choice": {"shape": "Choice"},
      "Doc": {"shape": "Doc"}, "Docs": {"shape": "Docs"}, "Inner": {"shape": "Inner"},
      "Host": {"shape": "Text", "hostLabel": true},
      "Json": {"shape": "Text", "jsonvalue": true, "location": "header"}}},
    "Inner": {"type": "structure", "required": ["Id"], "members": {"Id": {"shape": "Text"}}},
    "Choice": {"type": "structure", "union": true,
      "members": {"A": {"shape": "Text"}, "B": {"shape": "Text"}}},
    "Doc": {"type": "structure", "document": true, "members": {}},
    "Docs": {"type": "list", "member": {"shape": "Doc"}},
    "Name": {"type": "string", "min": 3},
    "Text": {"type": "string"},
    "Count": {"type": "integer", "min": 1},
    "Ratio": {"type": "double", "min": 0.0},
    "Flag": {"type": "boolean"},
    "Data": {"type": "blob"},
    "When": {"type": "timestamp"},
    "Tags": {"type": "list", "min": 1, "member": {"shape": "Inner"}},
    "Map": {"type": "map", "key": {"shape": "Name"}, "value": {"shape": "Count"}}
  }})";

class Validate : public testing::Test {
 protected:
  // The problems of `more` beside the required members.
  std::vector<std::string> problems(std::string_view name, Value value) {
    Value params{{"Name", "abc"}, {"Tags", Value::list({Value{{"Id", "x"}}})}};
    params.set(name, std::move(value));
    return find_problems(params, input());
  }
  std::string problem(std::string_view name, Value value) {
    auto all = problems(name, std::move(value));
    return all.empty() ? "" : all.size() == 1 ? all[0] : "several";
  }
  Shape input() { return *model_->find_shape("In"); }

  std::shared_ptr<const ServiceModel> model_ =
      model::compile_and_open(codec::parse_json(kModel).value(), "x", "1").value();
};

TEST_F(Validate, AcceptsEveryKindThatBotocoreAccepts) {
  EXPECT_EQ(problem("Data", Bytes{"x"}), "");
  EXPECT_EQ(problem("Data", "x"), "");
  EXPECT_EQ(problem("Data", Body("x")), "");
  EXPECT_EQ(problem("Count", true), "");
  EXPECT_EQ(problem("Ratio", 1), "");
  EXPECT_EQ(problem("When", 0), "");
  EXPECT_EQ(problem("When", 1.5), "");
  EXPECT_EQ(problem("When", "2020-01-01"), "");
  EXPECT_EQ(problem("When", Timestamp()), "");
  EXPECT_EQ(problem("Json", Value{{"a", 1}}), "");
  EXPECT_EQ(problem("Doc", Value::list({1, "x", nullptr, Value{{"a", true}}})), "");
  EXPECT_EQ(problem("Choice", Value{{"A", "x"}}), "");
}

TEST_F(Validate, ReportsAllProblemsInBotocoresOrder) {
  Value params{{"Zed", 1}, {"Count", "x"}, {"Inner", Value::object()}};
  EXPECT_EQ(find_problems(params, input()),
            (std::vector<std::string>{
                "Missing required parameter in input: \"Name\"",
                "Missing required parameter in input: \"Tags\"",
                "Unknown parameter in input: \"Zed\", must be one of: Name, Count, Ratio, Flag, "
                "Data, When, Tags, Map, Choice, Doc, Docs, Inner, Host, Json",
                "Invalid type for parameter Count, value: x, type: <class 'str'>, valid types: "
                "<class 'int'>",
                "Missing required parameter in Inner: \"Id\""}));
}

TEST_F(Validate, NamesTypesAsPythonDoes) {
  EXPECT_EQ(problem("Name", 5),
            "Invalid type for parameter Name, value: 5, type: <class 'int'>, valid types: <class "
            "'str'>");
  EXPECT_EQ(problem("Inner", Value::list({"a"})),
            "Invalid type for parameter Inner, value: ['a'], type: <class 'list'>, valid types: "
            "<class 'dict'>");
  EXPECT_EQ(problem("Flag", nullptr),
            "Invalid type for parameter Flag, value: None, type: <class 'NoneType'>, valid types: "
            "<class 'bool'>");
  EXPECT_EQ(problem("Data", 1),
            "Invalid type for parameter Data, value: 1, type: <class 'int'>, valid types: <class "
            "'bytes'>, <class 'bytearray'>, file-like object");
  EXPECT_EQ(problem("When", "soon"),
            "Invalid type for parameter When, value: soon, type: <class 'str'>, valid types: "
            "<class 'datetime.datetime'>, timestamp-string");
  EXPECT_EQ(problem("Ratio", "x"),
            "Invalid type for parameter Ratio, value: x, type: <class 'str'>, valid types: <class "
            "'float'>, <class 'decimal.Decimal'>, <class 'int'>");
  EXPECT_EQ(problem("Tags", "x"),
            "Invalid type for parameter Tags, value: x, type: <class 'str'>, valid types: <class "
            "'list'>, <class 'tuple'>");
}

TEST_F(Validate, ChecksLeastValuesAndLengthsInCodePoints) {
  EXPECT_EQ(problem("Name", "ab"),
            "Invalid length for parameter Name, value: 2, valid min length: 3");
  EXPECT_EQ(problem("Name", "\xc3\xa9\xc3\xa9\xc3\xa9"), "");
  EXPECT_EQ(problem("Count", 0), "Invalid value for parameter Count, value: 0, valid min value: 1");
  EXPECT_EQ(problem("Count", false),
            "Invalid value for parameter Count, value: False, valid min value: 1");
  EXPECT_EQ(problem("Ratio", -0.5),
            "Invalid value for parameter Ratio, value: -0.5, valid min value: 0.0");
  EXPECT_EQ(problem("Tags", Value::list()),
            "Invalid length for parameter Tags, value: 0, valid min length: 1");
  EXPECT_EQ(problem("Host", ""),
            "Invalid length for parameter Host, value: 0, valid min length: 1");
}

TEST_F(Validate, NamesPathsOfItemsKeysAndValues) {
  EXPECT_EQ(problem("Tags", Value::list({Value{{"Id", 1}}})),
            "Invalid type for parameter Tags[0].Id, value: 1, type: <class 'int'>, valid types: "
            "<class 'str'>");
  EXPECT_EQ(problems("Map", Value{{"ab", 0}}),
            (std::vector<std::string>{
                "Invalid length for parameter Map (key: ab), value: 2, valid min length: 3",
                "Invalid value for parameter Map.ab, value: 0, valid min value: 1"}));
}

TEST_F(Validate, WantsExactlyOneMemberOfAUnion) {
  EXPECT_EQ(problem("Choice", Value::object()),
            "Must set one of the following keys for tagged unionstructure Choice: A, B.");
  EXPECT_EQ(problem("Choice", Value{{"A", "x"}, {"B", "y"}}),
            "Invalid number of parameters set for tagged union structure Choice. Can only set one "
            "of the following keys: A, B.");
}

TEST_F(Validate, RefusesOctetsInDocumentsAndJsonHeaders) {
  EXPECT_EQ(problem("Doc", Value{{"a", Value{{"b", Bytes{"x"}}}}}),
            "Invalid type for document parameter b, value: b'x', type: <class 'bytes'>, valid "
            "types: <class 'str'>, <class 'int'>, <class 'bool'>, <class 'float'>, <class 'list'>, "
            "<class 'dict'>");
  EXPECT_EQ(problem("Docs", Value::list({1, Value::list({Timestamp()})})).substr(0, 60),
            "Invalid type for document parameter Docs[1][0], value: 1970-");
  EXPECT_EQ(problem("Json", Value::list({Timestamp()})),
            "Invalid parameter Json must be json serializable: Object of type datetime is not JSON "
            "serializable");
}

TEST_F(Validate, RefusesInstantsThatNoDateCanHold) {
  for (double bad : {1e15, -1e13, std::numeric_limits<double>::infinity(),
                     std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_NE(problem("When", bad), "") << bad;
  }
  EXPECT_NE(problem("When", ""), "");
}

TEST_F(Validate, RefusesParamsThatAreNoObject) {
  EXPECT_EQ(find_problems(Value::list(), input())[0],
            "Invalid type for parameter input, value: [], type: <class 'list'>, valid types: "
            "<class 'dict'>");
}

TEST_F(Validate, MakesOneErrorOfAllProblems) {
  auto checked = check_params(Value::object(), input());
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().kind(), ErrorKind::kValidation);
  EXPECT_EQ(checked.error().code(), "ParamValidation");
  EXPECT_EQ(checked.error().message(),
            "Parameter validation failed:\nMissing required parameter in input: \"Name\"\n"
            "Missing required parameter in input: \"Tags\"");
}

}  // namespace
}  // namespace botocxx::validate

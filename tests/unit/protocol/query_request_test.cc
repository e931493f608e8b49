#include "protocol/serializer.h"
#include "unit/protocol/small_model.h"

#include <gtest/gtest.h>

#include <cmath>

namespace botocxx::protocol {
namespace {

constexpr std::string_view kPost = "{'method':'POST','requestUri':'/?Operation=Op'}";

Result<SerializedRequest> request(std::string_view protocol, std::string shapes,
                                  const Value& params, std::string_view more = "") {
  auto model = small_model(kPost, std::move(shapes), more);
  return serialize(model->operations()[0], protocol, params);
}

// The fields after action and version of an input with these members; the message of an error.
std::string fields(std::string_view protocol, std::string members, const Value& params,
                   std::string more_shapes = "") {
  auto made = request(
      protocol, "'In':{'type':'structure','members':{" + members + "}}" + more_shapes, params);
  if (!made) return made.error().message();
  std::string body = made->body.read_all().value();
  constexpr std::string_view kHead = "Action=Op&Version=";
  EXPECT_TRUE(body.starts_with(kHead)) << body;
  body.erase(0, kHead.size());
  if (body.starts_with('&')) body.erase(0, 1);
  return body;
}

std::string query(std::string members, const Value& params, std::string more_shapes = "") {
  return fields("query", std::move(members), params, std::move(more_shapes));
}

std::string ec2(std::string members, const Value& params, std::string more_shapes = "") {
  return fields("ec2", std::move(members), params, std::move(more_shapes));
}

TEST(QueryRequest, IsAFormThatNamesOperationAndVersion) {
  for (std::string_view protocol : {"query", "ec2"}) {
    auto made = request(protocol, "'Unused':{'type':'string'}", Value::object());
    ASSERT_TRUE(made) << made.error().describe();
    EXPECT_EQ(made->method, "POST");
    EXPECT_EQ(made->path, "/");
    EXPECT_EQ(made->query, "");  // the model's request URI is not looked at
    EXPECT_EQ(made->headers.get("Content-Type"),
              "application/x-www-form-urlencoded; charset=utf-8");
    EXPECT_EQ(made->body.read_all().value(), "Action=Op&Version=");
  }
}

TEST(QueryRequest, WritesScalarsInTheCallersOrder) {
  EXPECT_EQ(query("'S':{'shape':'S'},'I':{'shape':'I'},'F':{'shape':'F'},'B':{'shape':'B'},"
                  "'X':{'shape':'X'},'T':{'shape':'T'}",
                  Value{{"T", Timestamp::from_unix(1577836800)},
                        {"X", Bytes{std::string_view("\0\xff", 2)}},
                        {"B", false},
                        {"F", 1e16},
                        {"I", -7},
                        {"S", "a b"}}),
            "T=2020-01-01T00%3A00%3A00Z&X=AP8%3D&B=false&F=1e%2B16&I=-7&S=a+b");
  EXPECT_EQ(query("'F':{'shape':'F'},'T':{'shape':'T','timestampFormat':'unixTimestamp'}",
                  Value{{"F", -HUGE_VAL}, {"T", 1.75}}),
            "F=-Infinity&T=1");
}

TEST(QueryRequest, NamesMembersByTheirLocationNameOnly) {
  EXPECT_EQ(query("'A':{'shape':'S','locationName':'other','queryName':'Q'}", Value{{"A", "x"}}),
            "other=x");
  EXPECT_EQ(ec2("'A':{'shape':'S','locationName':'other','queryName':'q'}", Value{{"A", "x"}}),
            "q=x");
  EXPECT_EQ(ec2("'A':{'shape':'S','locationName':'other'},'small':{'shape':'S'}",
                Value{{"A", "x"}, {"small", "y"}}),
            "Other=x&Small=y");
}

TEST(QueryRequest, WritesLists) {
  Value items{{"L", Value::list({"x", "y"})}};
  EXPECT_EQ(query("'L':{'shape':'Ss'}", items), "L.member.1=x&L.member.2=y");
  EXPECT_EQ(query("'L':{'shape':'Ss','flattened':true}", items), "L.1=x&L.2=y");
  EXPECT_EQ(ec2("'L':{'shape':'Ss'}", items), "L.1=x&L.2=y");
  EXPECT_EQ(query("'L':{'shape':'Ss'}", Value{{"L", Value::list()}}), "L=");
  EXPECT_EQ(ec2("'L':{'shape':'Ss'}", Value{{"L", Value::list()}}), "");
}

TEST(QueryRequest, WritesListsWhoseItemsHaveAName) {
  std::string named =
      ",'Named':{'type':'list','member':{'shape':'S','locationName':'item'}},"
      "'R':{'type':'structure','members':{'L':{'shape':'Named','flattened':true}}}";
  Value items{{"L", Value::list({"x"})}};
  EXPECT_EQ(query("'L':{'shape':'Named'}", items, named), "L.item.1=x");
  EXPECT_EQ(query("'L':{'shape':'Named','flattened':true}", items, named), "item.1=x");
  EXPECT_EQ(query("'R':{'shape':'R'}", Value{{"R", items}}, named), "R.item.1=x");
  EXPECT_EQ(query("'L':{'shape':'Named','flattened':true,'locationName':'own'}", items, named),
            "own.1=x");
  EXPECT_EQ(ec2("'L':{'shape':'Named'}", items, named), "L.1=x");
}

TEST(QueryRequest, WritesMaps) {
  Value entries{{"M", Value{{"k", "v"}, {"l", "w"}}}};
  EXPECT_EQ(query("'M':{'shape':'M'}", entries),
            "M.entry.1.key=k&M.entry.1.value=v&M.entry.2.key=l&M.entry.2.value=w");
  EXPECT_EQ(query("'M':{'shape':'M','flattened':true}", entries),
            "M.1.key=k&M.1.value=v&M.2.key=l&M.2.value=w");
  EXPECT_EQ(query("'M':{'shape':'M'}", Value{{"M", Value::object()}}), "");
  std::string named =
      ",'N':{'type':'map','key':{'shape':'S','locationName':'Name'},'value':{'shape':'Ss'}}";
  EXPECT_EQ(query("'N':{'shape':'N'}", Value{{"N", Value{{"k", Value::list({"v"})}}}}, named),
            "N.entry.1.Name=k&N.entry.1.value.member.1=v");
}

TEST(QueryRequest, WritesStructuresInListsInStructures) {
  std::string shapes =
      ",'R':{'type':'structure','members':{'S':{'shape':'S'},'Rs':{'shape':'Rs'}}},"
      "'Rs':{'type':'list','member':{'shape':'R'}}";
  Value inner{{"S", "b"}}, outer{{"Rs", Value::list({inner, inner})}, {"S", "a"}};
  EXPECT_EQ(query("'R':{'shape':'R'}", Value{{"R", outer}}, shapes),
            "R.Rs.member.1.S=b&R.Rs.member.2.S=b&R.S=a");
}

TEST(QueryRequest, LeavesNullMembersOut) {
  EXPECT_EQ(query("'S':{'shape':'S'},'L':{'shape':'Ss'}", Value{{"L", nullptr}, {"S", "x"}}),
            "S=x");
}

TEST(QueryRequest, PutsLabelsInFrontOfTheHost) {
  std::string shapes =
      "'In':{'type':'structure','members':{'Label':{'shape':'S','hostLabel':true}}}";
  std::string_view endpoint = ",'endpoint':{'hostPrefix':'{Label}.api.'}";
  auto made = request("query", shapes, Value{{"Label", "x-1"}}, endpoint);
  ASSERT_TRUE(made) << made.error().describe();
  EXPECT_EQ(made->host_prefix, "x-1.api.");
  EXPECT_EQ(made->body.read_all().value(), "Action=Op&Version=&Label=x-1");
  EXPECT_EQ(request("ec2", shapes, Value{{"Label", "x/1"}}, endpoint).error().code(),
            "ParamValidation");
}

TEST(QueryRequest, UnvalidatedParametersGiveErrors) {
  std::string members =
      "'S':{'shape':'S'},'L':{'shape':'Ss'},'M':{'shape':'M'},'T':{'shape':'T'},"
      "'X':{'shape':'X'},'R':{'shape':'R'}";
  std::string shapes = ",'R':{'type':'structure','members':{'S':{'shape':'S'}}}";
  auto message = [&](const Value& params) { return query(members, params, shapes); };
  EXPECT_NE(message(Value{{"Odd", 1}}).find("Unknown parameter in In: \"Odd\""), std::string::npos);
  EXPECT_NE(message(Value{{"L", "x"}}).find("L must be a list, found x"), std::string::npos);
  EXPECT_NE(message(Value{{"M", 1}}).find("M must be a map, found 1"), std::string::npos);
  EXPECT_NE(message(Value{{"R", Value::list()}}).find("R must be a structure"), std::string::npos);
  EXPECT_NE(message(Value{{"L", Value::list({nullptr})}}).find("L.member.1 must not be null"),
            std::string::npos);
  EXPECT_NE(message(Value{{"T", "soon"}}).find("soon"), std::string::npos);
  EXPECT_NE(message(Value{{"X", 1}}).find("expected octets"), std::string::npos);
  EXPECT_EQ(request("query", "'In':{'type':'structure','members':{}}", Value(1)).error().code(),
            "ParamValidation");
}

}  // namespace
}  // namespace botocxx::protocol

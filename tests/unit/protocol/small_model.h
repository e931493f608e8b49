#pragma once

#include "codec/json.h"
#include "model/compiler.h"
#include <botocxx/model/service_model.h>

#include <memory>
#include <string>
#include <string_view>

namespace botocxx::protocol {

/// A model with one operation "Op": `http`, and `shapes`, of which "In", "Out" and "Oops" serve as
/// input, output and error where they exist. Single quotes stand for double ones.
inline std::shared_ptr<const ServiceModel> small_model(std::string_view http, std::string shapes,
                                                       std::string_view more = "",
                                                       std::string_view metadata = "") {
  auto reference = [&](std::string_view name, const char* text) -> std::string {
    std::string quoted(1, '\'');
    quoted.append(name).append(1, '\'');
    return shapes.find(quoted) == std::string::npos ? "" : text;
  };
  std::string text = "{'metadata':{'protocol':'rest-xml'";
  text += metadata;
  text += "},'operations':{'Op':{'http':";
  text += http;
  text += reference("In", ",'input':{'shape':'In','locationName':'OpRequest'}");
  text += reference("Out", ",'output':{'shape':'Out'}");
  text += reference("Oops", ",'errors':[{'shape':'Oops'}]");
  text += more;
  text += "}},'shapes':{";
  text += shapes;
  text +=
      ",'S':{'type':'string'},'I':{'type':'integer'},'L':{'type':'long'},"
      "'F':{'type':'double'},'B':{'type':'boolean'},'X':{'type':'blob'},"
      "'T':{'type':'timestamp'},'Ss':{'type':'list','member':{'shape':'S'}},"
      "'Ts':{'type':'list','member':{'shape':'T'}},"
      "'M':{'type':'map','key':{'shape':'S'},'value':{'shape':'S'}}}}";
  for (char& c : text) c = c == '\'' ? '"' : c;
  return model::compile_and_open(codec::parse_json(text).value(), "small", "1").value();
}

}  // namespace botocxx::protocol

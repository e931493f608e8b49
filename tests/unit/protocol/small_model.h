#pragma once

#include "codec/json.h"
#include "model/compiler.h"
#include <botocxx/model/service_model.h>

#include <fmt/format.h>

#include <memory>
#include <string>
#include <string_view>

namespace botocxx::protocol {

/// A model with one operation "Op": `http`, and `shapes`, of which "In", "Out" and "Oops" serve as
/// input, output and error where they exist. Single quotes stand for double ones.
inline std::shared_ptr<const ServiceModel> small_model(std::string_view http, std::string shapes,
                                                       std::string_view more = "") {
  auto has = [&](std::string_view name) {
    return shapes.find(fmt::format("'{}'", name)) != std::string::npos;
  };
  std::string text = fmt::format(
      "{{'metadata':{{'protocol':'rest-xml'}},'operations':{{'Op':{{'http':{}{}{}{}{}}}}},"
      "'shapes':{{{},'S':{{'type':'string'}},'I':{{'type':'integer'}},'L':{{'type':'long'}},"
      "'F':{{'type':'double'}},'B':{{'type':'boolean'}},'X':{{'type':'blob'}},"
      "'T':{{'type':'timestamp'}},'Ss':{{'type':'list','member':{{'shape':'S'}}}},"
      "'Ts':{{'type':'list','member':{{'shape':'T'}}}},"
      "'M':{{'type':'map','key':{{'shape':'S'}},'value':{{'shape':'S'}}}}}}}}",
      http, has("In") ? ",'input':{'shape':'In','locationName':'OpRequest'}" : "",
      has("Out") ? ",'output':{'shape':'Out'}" : "",
      has("Oops") ? ",'errors':[{'shape':'Oops'}]" : "", more, shapes);
  for (char& c : text) c = c == '\'' ? '"' : c;
  return model::compile_and_open(codec::parse_json(text).value(), "small", "1").value();
}

}  // namespace botocxx::protocol

#pragma once

#include "unit/protocol/small_model.h"
#include <botocxx/message/http.h>

#include <string>
#include <string_view>

/// What the targets that read XML answers have in common.
namespace botocxx::fuzz {

/// One operation, "Op", whose output has a member of each kind, and one exception, "Oops".
inline const ServiceModel& fuzzed_model() {
  static const auto made = protocol::small_model(
      "{}",
      "'Out':{'type':'structure','resultWrapper':'W','members':{'S':{'shape':'S'},'I':{'shape':'I'}"
      ",'F':{'shape':'F'},"
      "'B':{'shape':'B'},'X':{'shape':'X'},'T':{'shape':'T'},'L':{'shape':'Ss'},'FL':{'shape':'Ls',"
      "'flattened':true},'M':{'shape':'M'},'FM':{'shape':'Ms','flattened':true},'U':{'shape':'U'},"
      "'R':{'shape':'R'},'H':{'shape':'I','location':'header','locationName':'h'},'HL':{'shape':"
      "'Ss','location':'header','locationName':'hl'},'HT':{'shape':'Ts','location':'header',"
      "'locationName':'ht'},'HJ':{'shape':'S','jsonvalue':true,'location':'header','locationName':"
      "'hj'},'HM':{'shape':'M','location':'headers','locationName':'x-'},'C':{'shape':'I',"
      "'location':'statusCode'}}},"
      "'Oops':{'type':'structure','exception':true,'members':{'Message':{'shape':'S'},'R':{'shape':"
      "'R'}}},"
      "'U':{'type':'structure','union':true,'members':{'A':{'shape':'S'},'R':{'shape':'R'}}},"
      "'R':{'type':'structure','members':{'R':{'shape':'R'},'Rs':{'shape':'Rs'},'K':{'shape':'S',"
      "'xmlAttribute':true,'locationName':'xsi:type'}}},'Rs':{'type':'list','member':{'shape':'R',"
      "'locationName':'item'}},'Ls':{'type':'list','member':{'shape':'L','locationName':'n'}},"
      "'Ms':{'type':'map','key':{'shape':'S','locationName':'Name'},'value':{'shape':'R'}}");
  return *made;
}

/// Takes header lines up to an empty one from the beginning of `text`.
inline HttpResponse take_head(std::string_view& text) {
  HttpResponse head;
  while (!text.empty()) {
    std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.empty()) break;
    std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    head.headers.add(std::string(line.substr(0, colon)), std::string(line.substr(colon + 1)));
  }
  return head;
}

}  // namespace botocxx::fuzz

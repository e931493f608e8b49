// Any request, as every protocol's server meets it: header lines up to an empty one (the first may
// be `METHOD TARGET`), then the body. It is routed and decoded; what comes out is printed.
#include "fuzz/xml_answer.h"
#include <botocxx/server/router.h>
#include <botocxx/server/service_codec.h>

#include <cstdint>

using namespace botocxx;

namespace {

const std::shared_ptr<const ServiceModel>& fuzzed_requests() {
  static const auto made = protocol::small_model(
      "{'method':'POST','requestUri':'/op/{U}/{G+}?x'}",
      "'In':{'type':'structure','required':['I'],'members':{"
      "'U':{'shape':'I','location':'uri','locationName':'U'},"
      "'G':{'shape':'S','location':'uri','locationName':'G'},"
      "'Q':{'shape':'Ts','location':'querystring','locationName':'q'},"
      "'QM':{'shape':'M','location':'querystring','locationName':'qm'},"
      "'H':{'shape':'Ss','location':'header','locationName':'h'},"
      "'HT':{'shape':'Ts','location':'header','locationName':'ht'},"
      "'HJ':{'shape':'S','jsonvalue':true,'location':'header','locationName':'hj'},"
      "'HM':{'shape':'M','location':'headers','locationName':'x-'},"
      "'I':{'shape':'I'},'R':{'shape':'R'},'L':{'shape':'Ss'},'N':{'shape':'Named','flattened':"
      "true},"
      "'M':{'shape':'M'},'FM':{'shape':'M','flattened':true},'X':{'shape':'X'},'T':{'shape':'T'},"
      "'F':{'shape':'F'},'B':{'shape':'B'},'D':{'shape':'D'},"
      "'A':{'shape':'S','xmlAttribute':true,'locationName':'xsi:type'}}},"
      "'D':{'type':'structure','document':true,'members':{}},"
      "'Named':{'type':'list','member':{'shape':'S','locationName':'Item'}},"
      "'R':{'type':'structure','members':{'R':{'shape':'R'},'Rs':{'shape':'Rs'},'M':{'shape':'M'}}}"
      ","
      "'Rs':{'type':'list','member':{'shape':'R'}}",
      "", ",'apiVersion':'1','targetPrefix':'Small'");
  return made;
}

void serve(std::string_view protocol, const HttpRequest& request) {
  Router router(fuzzed_requests(), {.protocol = std::string(protocol)});
  auto route = router.route(request);
  if (!route) {
    static_cast<void>(encode_error(route.error(), protocol, {}));
    route = Route{router.model().operations()[0], {}};
  }
  auto params = decode_request(*route, protocol, request);
  if (params) {
    static_cast<void>(codec::write_json(*params));
  } else {
    static_cast<void>(encode_error(route->operation, protocol, params.error()));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  HttpRequest request;
  request.method = "POST";
  std::string_view line = text.substr(0, text.find('\n'));
  std::size_t blank = line.find(' ');
  if (line.find(':') == std::string_view::npos && blank != std::string_view::npos) {
    request.method = line.substr(0, blank);
    std::string_view target = line.substr(blank + 1);
    request.url.path = target.substr(0, target.find('?'));
    if (target.find('?') != std::string_view::npos) {
      request.url.query = target.substr(target.find('?') + 1);
    }
    text.remove_prefix(std::min(text.size(), line.size() + 1));
  }
  request.headers = fuzz::take_head(text).headers;
  request.body = Body(std::string(text));
  for (std::string_view protocol :
       {"query", "ec2", "json", "rest-json", "rest-xml", "smithy-rpc-v2-cbor"}) {
    serve(protocol, request);
  }
  return 0;
}

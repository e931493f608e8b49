#include "support/round_trip_rules.h"

namespace botocxx::suites {

RuleText text_of(Rule rule) {
  switch (rule) {
    case Rule::kWholeSeconds:
      return {"whole-seconds",
              "epoch numbers of requests, CBOR timestamps of requests, RFC 822 dates and header "
              "timestamps have no fraction"};
    case Rule::kHeaderBlanks:
      return {"header-blanks",
              "blanks around a header's value, or an item of its list, mean nothing"};
    case Rule::kEmptyHeaderList:
      return {"empty-header-list", "an empty list leaves no header"};
    case Rule::kEmptyHeaderMap:
      return {"empty-header-map", "an empty map leaves no headers"};
    case Rule::kEmptyQueryString:
      return {"empty-query-string", "an empty list or map leaves nothing in the query string"};
    case Rule::kFormWithoutContent:
      return {"form-without-content",
              "a structure or map without content leaves no field in a form, nor does a list of "
              "such"};
    case Rule::kEc2EmptyList:
      return {"ec2-empty-list", "an empty list leaves no field in an ec2 form"};
    case Rule::kFlattenedEmpty:
      return {"flattened-empty", "an empty flattened list or map has no element of its own"};
    case Rule::kXmlLineEnds:
      return {"xml-line-ends",
              "clients write carriage returns into XML as they are, which readers must turn into "
              "line feeds"};
    case Rule::kEmptyRawPayload:
      return {"empty-raw-payload", "an empty blob or text as the whole body is no body"};
    case Rule::kAbsentPayloadIsEmpty:
      return {"absent-payload-is-empty",
              "rest-json sends {} for a structure payload that is not given, and clients read a "
              "missing one as empty"};
    case Rule::kHeaderMapAlwaysThere:
      return {"header-map-always-there", "clients report a map of prefixed headers even if empty"};
    case Rule::kStatusAlwaysThere:
      return {"status-always-there", "every answer has a status"};
    case Rule::kRawPayloadAlwaysThere:
      return {"raw-payload-always-there", "clients report a blob or text payload even if empty"};
    case Rule::kCount:
      break;
  }
  return {};
}

}  // namespace botocxx::suites

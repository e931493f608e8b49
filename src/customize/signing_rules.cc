#include "customize/signing_rules.h"

namespace botocxx::customize {

SigningRules signing_rules_for(const ServiceModel& model) {
  SigningRules rules;
  std::string_view name = model.service_name();
  if (name == "s3") {
    // Older than its model, which offers Version 4 without the store's ways.
    rules.default_version = "s3v4";
    // botocore stays with what URLs were signed with before Version 4 where a region takes it.
    rules.version_of_known_urls = "s3";
    rules.session_operation = "CreateSession";
  } else if (name == "polly") {
    rules.urls_without_content_type = {"SynthesizeSpeech"};
  } else if (name == "importexport") {
    // Its model and rules still say Version 2, which it left long ago.
    rules.version_unless_configured = "v4";
  } else if (name == "sts") {
    rules.forced = {{"AssumeRoleWithSAML", "none"}, {"AssumeRoleWithWebIdentity", "none"}};
  } else if (name == "cognito-identity") {
    rules.forced = {{"GetId", "none"},
                    {"GetOpenIdToken", "none"},
                    {"UnlinkIdentity", "none"},
                    {"GetCredentialsForIdentity", "none"}};
  }
  return rules;
}

}  // namespace botocxx::customize

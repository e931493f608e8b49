#pragma once

#include "cli/arguments.h"
#include "cli/exit_status.h"

#include <string>
#include <vector>

namespace botocxx::cli {

/// The commands; each gets the words after its own name.
ExitStatus run_call(const std::vector<std::string>& words);
ExitStatus run_explain(const std::vector<std::string>& words);
ExitStatus run_configure(const std::vector<std::string>& words);
ExitStatus run_models(const std::vector<std::string>& words);
/// `login` and `logout`; the other words behind `sso` are operations of that service.
ExitStatus run_sso(const std::vector<std::string>& words);
bool is_sso_verb(const std::vector<std::string>& words);
ExitStatus run_request(const std::vector<std::string>& words);
ExitStatus run_sign(const std::vector<std::string>& words);
ExitStatus run_wire(const std::vector<std::string>& words);
/// `botocxx SERVICE OPERATION --member value …`; gets the service too.
ExitStatus run_service(const std::vector<std::string>& words);
ExitStatus run_help();
/// `explain config`.
ExitStatus explain_config(const Arguments& arguments);
/// Opens /dev/null for each standard stream that the caller closed.
void hold_standard_streams();

}  // namespace botocxx::cli

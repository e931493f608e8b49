#pragma once

#include <botocxx/credentials/context.h>
#include <botocxx/credentials/provider.h>

#include <functional>
#include <memory>

namespace botocxx::credentials {

using MakeProvider =
    std::function<std::shared_ptr<CredentialsProvider>(const CredentialsContext& context)>;

/// A provider that is made again when one of the user's two files has changed, which is looked at
/// once a second at most. Files that cannot be read any more, or have lost the profile, change
/// nothing but for a warning.
std::shared_ptr<CredentialsProvider> make_provider_of_changing_files(CredentialsContext context,
                                                                     MakeProvider make);

}  // namespace botocxx::credentials

#pragma once

#include <botocxx/base/export.h>
#include <botocxx/credentials/context.h>
#include <botocxx/credentials/provider.h>

#include <memory>

namespace botocxx::inline v1 {

/// AWS_CONTAINER_CREDENTIALS_RELATIVE_URI (of 169.254.170.2) or AWS_CONTAINER_CREDENTIALS_FULL_URI,
/// with AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE or AWS_CONTAINER_AUTHORIZATION_TOKEN. Without https
/// only loopback addresses, localhost, 169.254.170.2, 169.254.170.23 and fd00:ec2::23 are asked.
/// Three attempts of two seconds, a second apart. Method "container-role". Errors:
/// "CredentialRetrieval".
BOTOCXX_EXPORT std::shared_ptr<CredentialsProvider> make_container_credentials_provider(
    CredentialsContext context);

/// The role of the EC2 instance, from its metadata service: version 2, and version 1 where there is
/// no token to be had and `ec2_metadata_v1_disabled` does not forbid it. Timeout (a second),
/// attempts (one), endpoint and endpoint mode come from the usual settings;
/// AWS_EC2_METADATA_DISABLED=true declines. Credentials that are about to expire are used for some
/// minutes more, since the service that renews them may be out. Method "iam-role". Errors:
/// "MetadataRetrieval", "InvalidIMDSEndpoint", "InvalidIMDSEndpointMode", "CredentialRetrieval".
BOTOCXX_EXPORT std::shared_ptr<CredentialsProvider> make_instance_credentials_provider(
    CredentialsContext context);

/// AWS_CREDENTIAL_FILE with AWSAccessKeyId and AWSSecretKey. Method "ec2-credentials-file".
BOTOCXX_EXPORT std::shared_ptr<CredentialsProvider> make_ec2_file_credentials_provider(
    CredentialsContext context);

/// `[Credentials]` of boto 2's file: BOTO_CONFIG, else /etc/boto.cfg and ~/.boto. Method
/// "boto-config".
BOTOCXX_EXPORT std::shared_ptr<CredentialsProvider> make_boto_file_credentials_provider(
    CredentialsContext context);

}  // namespace botocxx::inline v1

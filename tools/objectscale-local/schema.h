#pragma once

#include "database.h"

namespace botocxx::objectscale {

/// Creates the tables where they are missing; refuses a file of another format.
void create_schema(Database& database);

}  // namespace botocxx::objectscale

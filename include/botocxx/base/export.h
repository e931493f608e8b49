#pragma once

/// Marks what a shared build of the library lets programs link to; everything else stays hidden.
#if defined(_WIN32)
#define BOTOCXX_EXPORT
#else
#define BOTOCXX_EXPORT __attribute__((visibility("default")))
#endif

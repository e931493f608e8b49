option(BOTOCXX_DEVELOPER "Warnings as errors and the checks contributors need" OFF)
option(BOTOCXX_BUILD_TESTS "Build the tests" ${BOTOCXX_DEVELOPER})
option(BOTOCXX_BUILD_FUZZERS "Build the fuzz targets (clang only)" OFF)
option(BOTOCXX_BUILD_BENCH "Build the benchmarks" OFF)
set(BOTOCXX_SANITIZE "" CACHE STRING "Sanitizers for -fsanitize=, e.g. address,undefined")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND BOTOCXX_DEVELOPER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE_PROGRAM}")
endif()

# Flags of our own targets only; consumers of the package never see them.
add_library(botocxx_build_flags INTERFACE)
if(BOTOCXX_DEVELOPER)
  target_compile_options(botocxx_build_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor -Werror)
endif()
if(BOTOCXX_SANITIZE)
  target_compile_options(botocxx_build_flags INTERFACE
    -fsanitize=${BOTOCXX_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(botocxx_build_flags INTERFACE -fsanitize=${BOTOCXX_SANITIZE})
endif()

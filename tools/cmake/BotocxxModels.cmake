# Where service models come from.
#
# BOTOCXX_UPSTREAM_DIR holds what tools/models brings: data/ (one loader root) and tests/botocore/ (the upstream
# suites). It is shared by all build folders of a clone. models/ in the source tree is the project's own root.
set(BOTOCXX_UPSTREAM_DIR "${PROJECT_SOURCE_DIR}/build/models" CACHE PATH "Output folder of tools/models")
set(BOTOCXX_JMESPATH_SUITE "${BOTOCXX_UPSTREAM_DIR}/tests/jmespath" CACHE PATH "Folder of the JMESPath compliance tests")
option(BOTOCXX_FETCH_MODELS "Run tools/models at configure time when its output is missing or stale" ON)

if(CMAKE_BUILD_TYPE STREQUAL "Release" AND NOT BOTOCXX_SANITIZE)
  set(compile_models_by_default ON)
else()
  set(compile_models_by_default OFF)
endif()
option(BOTOCXX_COMPILE_MODELS "Compile the models when the program is built" ${compile_models_by_default})

if(BOTOCXX_FETCH_MODELS)
  find_package(Python3 COMPONENTS Interpreter)
  if(Python3_Interpreter_FOUND)
    execute_process(
      COMMAND "${Python3_EXECUTABLE}" "${PROJECT_SOURCE_DIR}/tools/models" --output "${BOTOCXX_UPSTREAM_DIR}"
      RESULT_VARIABLE models_result)
  endif()
  if(NOT Python3_Interpreter_FOUND OR NOT models_result EQUAL 0)
    message(WARNING "tools/models did not bring the upstream models; only the project's own will be found. "
                    "Run tools/models --from FILE with the files that models/upstream.lock names.")
  endif()
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/models/upstream.lock")
endif()

# Only these two files may know the paths: a change of folder then rebuilds one object, not the library.
# The data folder is relative to the prefix, since `cmake --install --prefix` may choose another one than was configured;
# below it lie upstream/ and botocxx/.
set(BOTOCXX_ROOT_DEFINITIONS
  BOTOCXX_BUILD_MODELS_DIR="${PROJECT_SOURCE_DIR}/models"
  BOTOCXX_BUILD_UPSTREAM_DIR="${BOTOCXX_UPSTREAM_DIR}/data"
  BOTOCXX_BUILD_COMPILED_DIR="${PROJECT_BINARY_DIR}/compiled"
  BOTOCXX_INSTALL_PREFIX="${CMAKE_INSTALL_PREFIX}"
  BOTOCXX_INSTALL_DATADIR="${CMAKE_INSTALL_DATADIR}/botocxx/models")

# Marks the sources of `target` that find the default model roots.
function(botocxx_define_model_roots)
  foreach(source base/host.cc model/default_roots.cc)
    set_property(SOURCE "${CMAKE_CURRENT_SOURCE_DIR}/${source}" APPEND PROPERTY
      COMPILE_DEFINITIONS ${BOTOCXX_ROOT_DEFINITIONS})
  endforeach()
endfunction()

# Tells a test where the models and the upstream suites are.
function(botocxx_define_test_data target)
  target_compile_definitions(${target} PRIVATE
    BOTOCXX_MODELS_DATA="${BOTOCXX_UPSTREAM_DIR}/data"
    BOTOCXX_UPSTREAM_TESTS="${BOTOCXX_UPSTREAM_DIR}/tests/botocore"
    BOTOCXX_JMESPATH_SUITE="${BOTOCXX_JMESPATH_SUITE}"
    BOTOCXX_TEST_DATA="${PROJECT_SOURCE_DIR}/tests/data"
    BOTOCXX_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
    BOTOCXX_BUILD_DIR="${PROJECT_BINARY_DIR}")
endfunction()

# cmake --install: program, library, headers, models, CMake package, pkg-config file, man pages, completions.
include(CMakePackageConfigHelpers)

set_target_properties(botocxx PROPERTIES VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR})
install(TARGETS botocxx EXPORT botocxxTargets
  ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}"
  LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}")
if(TARGET botocxx_cli)
  install(TARGETS botocxx_cli RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
endif()
install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}"
  FILES_MATCHING PATTERN "*.h")

# Two roots, because both hold files of the same name (s3's service-2.sdk-extras.json).
install(DIRECTORY "${BOTOCXX_UPSTREAM_DIR}/data/" DESTINATION "${CMAKE_INSTALL_DATADIR}/botocxx/models/upstream"
  OPTIONAL FILES_MATCHING PATTERN "*.json" PATTERN "*.json.gz")
install(DIRECTORY "${PROJECT_SOURCE_DIR}/models/" DESTINATION "${CMAKE_INSTALL_DATADIR}/botocxx/models/botocxx"
  FILES_MATCHING PATTERN "*.json")
if(BOTOCXX_COMPILE_MODELS)
  install(DIRECTORY "${PROJECT_BINARY_DIR}/compiled/" DESTINATION "${CMAKE_INSTALL_DATADIR}/botocxx/models/compiled"
    OPTIONAL FILES_MATCHING PATTERN "*.bcxc")
endif()

install(EXPORT botocxxTargets NAMESPACE botocxx:: DESTINATION "${CMAKE_INSTALL_LIBDIR}/cmake/botocxx")
configure_package_config_file("${PROJECT_SOURCE_DIR}/tools/cmake/botocxxConfig.cmake.in"
  "${PROJECT_BINARY_DIR}/botocxxConfig.cmake" INSTALL_DESTINATION "${CMAKE_INSTALL_LIBDIR}/cmake/botocxx")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/botocxxConfigVersion.cmake" COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/botocxxConfig.cmake" "${PROJECT_BINARY_DIR}/botocxxConfigVersion.cmake"
  DESTINATION "${CMAKE_INSTALL_LIBDIR}/cmake/botocxx")

# An archive leaves its dependencies to whoever links it; a shared library brings them along.
set(BOTOCXX_PC_LIBS_PRIVATE " -lcurl -lcrypto -lxml2 -lz -lfmt -pthread")
if(NOT BUILD_SHARED_LIBS)
  set(BOTOCXX_PC_LIBS "${BOTOCXX_PC_LIBS_PRIVATE}")
  set(BOTOCXX_PC_LIBS_PRIVATE "")
endif()
configure_file("${PROJECT_SOURCE_DIR}/tools/cmake/botocxx.pc.in" "${PROJECT_BINARY_DIR}/botocxx.pc" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/botocxx.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")

file(GLOB BOTOCXX_MAN_PAGES CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/docs/man/*.1")
if(BOTOCXX_MAN_PAGES)
  install(FILES ${BOTOCXX_MAN_PAGES} DESTINATION "${CMAKE_INSTALL_MANDIR}/man1")
endif()

foreach(pair "bash;share/bash-completion/completions" "zsh;share/zsh/site-functions" "fish;share/fish/vendor_completions.d")
  list(GET pair 0 shell)
  list(GET pair 1 place)
  if(EXISTS "${PROJECT_SOURCE_DIR}/tools/completions/${shell}")
    install(DIRECTORY "${PROJECT_SOURCE_DIR}/tools/completions/${shell}/" DESTINATION "${place}")
  endif()
endforeach()

# What `cmake --install` puts where. Two components: `program`, and `library` for those who embed it.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
# Packages are made without the tests: whoever installs builds `postern_share`, or everything, first.
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)

# The program tells its options itself: the manual page and the completions cannot fall behind.
# printed(FILE ARGUMENTS...): what `postern ARGUMENTS...` prints, in the build folder.
set(printed_files "")
function(printed file)
  set(path ${PROJECT_BINARY_DIR}/share/${file})
  get_filename_component(folder ${path} DIRECTORY)
  add_custom_command(OUTPUT ${path}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${folder}
    COMMAND postern ${ARGN} > ${path}
    DEPENDS postern VERBATIM)
  set(printed_files ${printed_files} ${path} PARENT_SCOPE)
endfunction()
printed(man/man1/postern.1 man)
printed(bash-completion/completions/postern completion bash)
printed(zsh/site-functions/_postern completion zsh)
printed(fish/vendor_completions.d/postern.fish completion fish)
add_custom_target(postern_share ALL DEPENDS ${printed_files})

set(CMAKE_INSTALL_DEFAULT_COMPONENT_NAME program)
install(TARGETS postern RUNTIME)
install(DIRECTORY ${PROJECT_BINARY_DIR}/share/ DESTINATION ${CMAKE_INSTALL_DATADIR})
install(FILES LICENSE NOTICE README.md CHANGELOG.md packages/copyright
  DESTINATION ${CMAKE_INSTALL_DOCDIR})
file(GLOB formats CONFIGURE_DEPENDS schemas/*.schema.json)
install(FILES ${formats} DESTINATION ${CMAKE_INSTALL_DATADIR}/postern/schemas)

set(CMAKE_INSTALL_DEFAULT_COMPONENT_NAME library)
install(FILES packages/copyright DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/libpostern-dev)
set(headers ${CMAKE_INSTALL_INCLUDEDIR}/postern)
install(TARGETS postern_policy postern_authz EXPORT postern-targets
  ARCHIVE FILE_SET HEADERS DESTINATION ${headers})
set(config ${CMAKE_INSTALL_LIBDIR}/cmake/postern)
install(EXPORT postern-targets NAMESPACE postern:: DESTINATION ${config})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/postern-config-version.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES packages/postern-config.cmake
  ${PROJECT_BINARY_DIR}/postern-config-version.cmake DESTINATION ${config})
configure_file(packages/postern.pc.in postern.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/postern.pc
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

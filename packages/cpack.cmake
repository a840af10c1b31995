# Debian packages by CPack: `postern`, the static program, and `libpostern-dev` for those who embed
# it.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_DIRECTORY ${PROJECT_BINARY_DIR}/packages)
set(CPACK_COMPONENTS_ALL program library)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "lint, evaluate, explain and test AWS VPC endpoint policies")
set(CPACK_PACKAGE_VENDOR "The postern authors")
set(POSTERN_MAINTAINER "The postern authors <maintainers@postern.invalid>"
  CACHE STRING "Whom the Debian packages name; put your own address there if you publish them")
set(CPACK_PACKAGE_CONTACT ${POSTERN_MAINTAINER})
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_PRE_BUILD_SCRIPTS ${PROJECT_SOURCE_DIR}/packages/debian_places.cmake)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME postern)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION admin)
set(CPACK_DEBIAN_PROGRAM_DESCRIPTION "Answers, offline, what an AWS VPC endpoint policy lets through: alone, and
together with identity policies, resource policies, service and resource
control policies, permissions boundaries and session policies. It asks no AWS
account, no network and no credentials.")
set(CPACK_DEBIAN_LIBRARY_PACKAGE_NAME libpostern-dev)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_DEPENDS
  "libre2-dev, libutf8proc-dev, libyaml-cpp-dev, pkgconf | pkg-config")
set(CPACK_DEBIAN_LIBRARY_DESCRIPTION "Static libraries and headers, for programs that read, lint, evaluate or
explain AWS policies by themselves. CMake finds them by find_package(postern),
others by pkg-config.")
include(CPack)

# What Debian has in another place, or in another form, than everybody else.
set(share ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/program/usr/share)
if(EXISTS ${share})
  file(RENAME ${share}/zsh/site-functions ${share}/zsh/vendor-completions)
  file(RENAME ${share}/doc/postern/CHANGELOG.md ${share}/doc/postern/changelog)
  execute_process(COMMAND_ERROR_IS_FATAL ANY
    COMMAND gzip -9n ${share}/doc/postern/changelog ${share}/man/man1/postern.1)
endif()

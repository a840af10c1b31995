# embed_files(OUT sources): writes one source file that puts the repository's data files into the
# program with .incbin, and names it in `sources`. Files that come or go are noticed at build time.
function(embed_files out)
  file(GLOB files RELATIVE ${PROJECT_SOURCE_DIR} CONFIGURE_DEPENDS
    ${PROJECT_SOURCE_DIR}/schemas/*.schema.json
    ${PROJECT_SOURCE_DIR}/authz/semantics.md
    ${PROJECT_SOURCE_DIR}/cmd/render/html/page.css
    ${PROJECT_SOURCE_DIR}/corpus/scenarios/*.yaml
    ${PROJECT_SOURCE_DIR}/corpus/lint/*/bad.json
    ${PROJECT_SOURCE_DIR}/corpus/lint/*/bad.out
    ${PROJECT_SOURCE_DIR}/corpus/lint/*/good.json
    ${PROJECT_SOURCE_DIR}/corpus/lint/*/with-*.json)
  list(SORT files)

  set(blobs "")
  set(rows "")
  set(depends "")
  set(number 0)
  foreach(file IN LISTS files)
    string(APPEND blobs
      "asm(\".section .rodata\\n\"\n"
      "    \"postern_embedded_${number}: .incbin \\\"${PROJECT_SOURCE_DIR}/${file}\\\"\\n\"\n"
      "    \"postern_embedded_${number}_end: .byte 0\\n\"\n"
      "    \".previous\\n\");\n"
      "extern const char begin_${number} asm(\"postern_embedded_${number}\");\n"
      "extern const char end_${number} asm(\"postern_embedded_${number}_end\");\n")
    string(APPEND rows "      Row(\"${file}\", begin_${number}, end_${number}),\n")
    list(APPEND depends ${PROJECT_SOURCE_DIR}/${file})
    math(EXPR number "${number} + 1")
  endforeach()

  set(source ${CMAKE_CURRENT_BINARY_DIR}/embedded_data.cc)
  set(text
"#include <vector>

#include \"cmd/embedded.h\"

${blobs}
namespace postern::cmd {
namespace {

[[maybe_unused]] EmbeddedFile Row(std::string_view path, const char& begin, const char& end) {
  return {path, {&begin, static_cast<std::size_t>(&end - &begin)}};
}

}  // namespace

std::span<const EmbeddedFile> EmbeddedFiles() {
  static const std::vector<EmbeddedFile> files = {
${rows}  };
  return files;
}

}  // namespace postern::cmd
")
  file(CONFIGURE OUTPUT ${source} CONTENT "${text}" @ONLY)
  set_source_files_properties(${source} PROPERTIES OBJECT_DEPENDS "${depends}")
  set(${out} ${source} PARENT_SCOPE)
endfunction()

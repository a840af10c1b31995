#include "cmd/assumptions.h"

#include <algorithm>
#include <cctype>

namespace postern::cmd {
namespace {

std::string_view Trim(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

// The cells between the bars; a bar behind a backslash or inside backticks is text.
std::vector<std::string_view> Cells(std::string_view line) {
  std::vector<std::string_view> cells;
  std::size_t begin = 1;
  bool code = false;
  for (std::size_t i = 1; i < line.size(); ++i) {
    if (line[i] == '`') code = !code;
    if (line[i] != '|' || code || line[i - 1] == '\\') continue;
    cells.push_back(Trim(line.substr(begin, i - begin)));
    begin = i + 1;
  }
  return cells;
}

bool IsNumber(std::string_view cell) {
  return cell.size() > 1 && cell.front() == 'A' &&
         std::all_of(cell.begin() + 1, cell.end(),
                     [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; });
}

}  // namespace

std::vector<AssumptionRow> ReadAssumptions(std::string_view semantics) {
  std::vector<AssumptionRow> rows;
  const std::size_t begin = semantics.find("\n## S10");
  if (begin == semantics.npos) return rows;
  std::string_view section = semantics.substr(begin + 1);
  section = section.substr(0, section.find("\n## ", 1));
  while (!section.empty()) {
    const std::size_t end = std::min(section.find('\n'), section.size());
    const std::string_view line = Trim(section.substr(0, end));
    section.remove_prefix(std::min(end + 1, section.size()));
    if (!line.starts_with('|')) continue;
    const std::vector<std::string_view> cells = Cells(line);
    if (cells.size() == 4 && IsNumber(cells[0])) {
      rows.push_back({cells[0], cells[1], cells[2], cells[3]});
    }
  }
  return rows;
}

}  // namespace postern::cmd

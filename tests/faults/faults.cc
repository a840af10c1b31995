#include "tests/faults/faults.h"

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string_view>

namespace postern::faults {
namespace {

constexpr std::string_view kHead = "== ";
constexpr std::string_view kOld = "--- old";
constexpr std::string_view kNew = "--- new";

Fault ReadHead(const std::string& line) {
  Fault fault;
  std::istringstream words(line.substr(kHead.size()));
  std::string more;
  if (!(words >> fault.name >> fault.trap >> fault.file) || words >> more) {
    throw std::runtime_error("`" + line + "` is not `== NAME TRAP FILE`");
  }
  return fault;
}

}  // namespace

std::vector<Fault> ReadFaults(const std::filesystem::path& table) {
  std::ifstream in(table);
  if (!in) throw std::runtime_error(table.string() + ": cannot be read");
  std::vector<Fault> faults;
  std::string* part = nullptr;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with(kHead)) {
      faults.push_back(ReadHead(line));
      part = &faults.back().belief;
    } else if (faults.empty()) {
      continue;  // remarks before the first
    } else if (line == kOld) {
      part = &faults.back().old_text;
    } else if (line == kNew) {
      part = &faults.back().new_text;
    } else {
      *part += line + "\n";
    }
  }
  for (Fault& fault : faults) {
    for (std::string* text : {&fault.belief, &fault.old_text, &fault.new_text}) {
      if (!text->empty()) text->pop_back();
    }
    if (fault.belief.empty() || fault.old_text.empty() || fault.old_text == fault.new_text) {
      throw std::runtime_error("fault `" + fault.name + "` is not complete");
    }
  }
  return faults;
}

std::string WhyStale(const Fault& fault, const std::string& content) {
  const std::size_t at = content.find(fault.old_text);
  if (at == std::string::npos) return "its text is not in " + fault.file + " any more";
  if (content.find(fault.old_text, at + 1) != std::string::npos) {
    return "its text stands in " + fault.file + " more than once";
  }
  return "";
}

}  // namespace postern::faults

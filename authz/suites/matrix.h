// A matrix row of a suite: each request member may be a list, and the row stands for every
// combination.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "authz/suites/read_request.h"
#include "authz/suites/reading.h"

namespace postern::authz {

class Matrix {
 public:
  // `row`: the request members of the row, in the order of kRequestMembers.
  Matrix(const MemberArray<kRequestMemberCount>& row, Reading& read);

  std::uint64_t cells() const { return cells_; }  // 0 if an axis is empty; saturates
  // How many nodes one cell refers to, at most.
  std::uint64_t nodes_per_cell() const;
  // The members of one combination; the last axis turns fastest.
  MemberArray<kRequestMemberCount> Cell(std::uint64_t cell) const;
  bool HasAxis(std::size_t member) const { return axis_of_[member] != kNoAxis; }

 private:
  struct Axis {
    std::size_t member;
    std::vector<const policy::Node*> values;
  };
  static constexpr std::size_t kNoAxis = static_cast<std::size_t>(-1);

  MemberArray<kRequestMemberCount> fixed_;
  std::vector<Axis> axes_;
  std::array<std::size_t, kRequestMemberCount> axis_of_;
  std::uint64_t cells_ = 1;
};

// "{principal} must not carry data out": a name with request members in braces. What varies from
// cell to cell and is not in the name is added behind it, so that no two cells have one name.
class NameTemplate {
 public:
  NameTemplate(const policy::Node& name, const Matrix& matrix, Reading& read);
  std::string Of(const RequestParts& parts) const;
  std::size_t longest() const;

 private:
  static constexpr std::size_t kLiteral = kRequestMemberCount;
  struct Piece {
    std::size_t member;
    std::string_view text;
  };
  std::vector<Piece> pieces_;
  std::vector<std::size_t> added_;
};

}  // namespace postern::authz

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/atomic_file.h"
#include "core/base/result.h"
#include "core/interchange/fbx/fbx_node.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace gesture::interchange {

/// A binary FBX 7.4 file while it is written: top-level nodes one after the other, large ones piece
/// by piece. Atomic: nothing is left without `commit`. Single thread.
class FbxFile {
public:
    [[nodiscard]] static Result<FbxFile> create(const std::filesystem::path& target);

    /// Writes a top-level node, or one below the node that is open.
    [[nodiscard]] Status write(const FbxNode& node);
    /// Begins a top-level node without properties; `close` ends it.
    [[nodiscard]] Status open(std::string_view name);
    [[nodiscard]] Status close();
    /// Writes the end of the file and gives it its name.
    [[nodiscard]] Status commit();

private:
    explicit FbxFile(AtomicFile file, std::filesystem::path target)
        : file_(std::move(file))
        , target_(std::move(target)) {}
    [[nodiscard]] Status append(std::string_view bytes);
    [[nodiscard]] Status patch(std::uint64_t offset, std::uint32_t value);

    AtomicFile file_;
    std::filesystem::path target_;
    std::uint64_t offset_ = 0;
    std::uint64_t openAt_ = 0;
    std::string buffer_;
};

} // namespace gesture::interchange

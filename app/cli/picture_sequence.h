// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/time.h"
#include "render/image.h"

#include <filesystem>
#include <string>
#include <vector>

namespace gesture::app {

/// Numbered PNG files: the name holds one "%d" or "%05d", which becomes the frame's number. A
/// sequence that is dropped before `keep` removes what it has written. Single thread.
class PictureSequence {
public:
    /// Usage when the name has no or more than one number field, or is no .png.
    [[nodiscard]] static Result<PictureSequence> create(const std::filesystem::path& pattern);

    PictureSequence(PictureSequence&& other) noexcept = default;
    PictureSequence& operator=(PictureSequence&&) = delete;
    ~PictureSequence();

    [[nodiscard]] Status append(FrameIndex frame, const render::Image& image);
    /// All is well: the files stay.
    void keep() { written_.clear(); }

    /// Whether a name asks for a sequence.
    [[nodiscard]] static bool isPattern(const std::filesystem::path& path);

private:
    PictureSequence(std::string before, int digits, std::string after)
        : before_(std::move(before))
        , digits_(digits)
        , after_(std::move(after)) {}

    std::string before_;
    int digits_;
    std::string after_;
    std::vector<std::filesystem::path> written_;
};

} // namespace gesture::app

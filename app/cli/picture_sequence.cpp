// SPDX-License-Identifier: Apache-2.0
#include "app/cli/picture_sequence.h"

#include <fmt/format.h>
#include <regex>
#include <system_error>

namespace gesture::app {

bool PictureSequence::isPattern(const std::filesystem::path& path) {
    return path.filename().string().find('%') != std::string::npos;
}

Result<PictureSequence> PictureSequence::create(const std::filesystem::path& pattern) {
    static const std::regex form(R"(^([^%]*)%0?(\d?)d([^%]*\.png)$)");
    std::smatch match;
    const std::string name = pattern.filename().string();
    if (!std::regex_match(name, match, form))
        return Error{ErrorCode::Usage,
                     fmt::format("'{}' is no name for numbered pictures: use for example "
                                 "frame-%05d.png.",
                                 pattern.string())};
    const int digits = match[2].length() > 0 ? match[2].str().front() - '0' : 1;
    const std::filesystem::path folder = pattern.parent_path();
    return PictureSequence((folder / match[1].str()).string(), digits, match[3]);
}

PictureSequence::~PictureSequence() {
    std::error_code ignored;
    for (const auto& path : written_)
        std::filesystem::remove(path, ignored);
}

Status PictureSequence::append(FrameIndex frame, const render::Image& image) {
    const std::filesystem::path path =
        fmt::format("{}{:0{}}{}", before_, frame.value, digits_, after_);
    // A picture that was there before is the user's to lose only once the new one is whole.
    const bool isNew = !std::filesystem::exists(path);
    if (auto written = render::writePng(path, image); !written) return written;
    if (isNew) written_.push_back(path);
    return Status::success();
}

} // namespace gesture::app

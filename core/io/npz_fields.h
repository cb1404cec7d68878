// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/io/npz.h"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gesture::io {

/// A wanted size along one axis; nothing stands for any.
using WantedSize = std::optional<std::size_t>;

/// The arrays of an .npz as a reader of a certain layout wants them: by name, with a known shape.
/// Shapes are checked before an array is read. Errors name the file, the array and what is wrong.
/// Single thread.
class NpzFields {
public:
    [[nodiscard]] static Result<NpzFields> open(const std::filesystem::path& path);

    [[nodiscard]] bool contains(std::string_view name) const { return npz_.contains(name); }

    /// NotFound with the names that the file has.
    [[nodiscard]] Result<std::vector<std::size_t>> shapeOf(std::string_view name) const;

    /// All elements in C order. `words` says what the shape should be: "(frames, 165)".
    template <typename T>
    [[nodiscard]] Result<std::vector<T>> numbers(std::string_view name,
                                                 std::span<const WantedSize> wanted,
                                                 std::string_view words) const;
    /// An array of one element.
    template <typename T>
    [[nodiscard]] Result<T> scalar(std::string_view name) const;
    static constexpr std::size_t kMaxTextBytes = 1000;
    /// A text of at most so many bytes.
    [[nodiscard]] Result<std::string> text(std::string_view name,
                                           std::size_t maxBytes = kMaxTextBytes) const;
    /// A list of at most 10,000 texts.
    [[nodiscard]] Result<std::vector<std::string>> texts(std::string_view name) const;

    /// "'clip.npz': array 'poses' is (3,) <f4, but …".
    [[nodiscard]] Error wrongArray(std::string_view name, std::string_view wanted) const;
    /// "'clip.npz': …".
    [[nodiscard]] Error wrongFile(std::string_view what) const;

private:
    NpzFields(std::string file, NpzReader npz)
        : file_(std::move(file))
        , npz_(std::move(npz)) {}

    [[nodiscard]] Result<NpyArray> checked(std::string_view name,
                                           std::span<const WantedSize> wanted,
                                           std::string_view words) const;

    std::string file_;
    NpzReader npz_;
};

} // namespace gesture::io

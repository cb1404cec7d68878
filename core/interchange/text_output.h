// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/atomic_file.h"
#include "core/base/result.h"

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace gesture::interchange {

/// Appends `value` with a fixed number of decimals (0 to 9), the same whatever the locale is;
/// trailing zeros are left out. |value| below 1e9.
void appendFixed(std::string& text, double value, int decimals);

/// A text file that grows: collected in pieces of about a megabyte, atomic. Single thread.
class TextOutput {
public:
    [[nodiscard]] static Result<TextOutput> create(const std::filesystem::path& target);

    /// What comes next is appended here; `flushIfLarge` must be called now and then.
    [[nodiscard]] std::string& text() { return text_; }
    [[nodiscard]] Status flushIfLarge();
    /// Writes the rest and gives the file its name.
    [[nodiscard]] Status commit();

private:
    explicit TextOutput(AtomicFile file)
        : file_(std::move(file)) {}
    [[nodiscard]] Status flush();

    AtomicFile file_;
    std::string text_;
};

} // namespace gesture::interchange

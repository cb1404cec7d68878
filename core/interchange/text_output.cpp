// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/text_output.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <span>
#include <utility>

namespace gesture::interchange {

namespace {

constexpr std::size_t kPieceBytes = std::size_t{1} << 20;
constexpr std::array<double, 10> kPowers{1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

void appendInteger(std::string& text, std::int64_t value) {
    std::array<char, 24> digits{};
    const auto result = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    text.append(digits.data(), result.ptr);
}

} // namespace

void appendFixed(std::string& text, double value, int decimals) {
    const auto scaled = std::llround(std::abs(value) * kPowers[static_cast<std::size_t>(decimals)]);
    const auto scale = static_cast<std::int64_t>(kPowers[static_cast<std::size_t>(decimals)]);
    if (value < 0 && scaled != 0) text += '-';
    appendInteger(text, scaled / scale);
    std::int64_t fraction = scaled % scale;
    if (fraction == 0) return;
    std::array<char, 10> digits{};
    for (int i = decimals - 1; i >= 0; --i, fraction /= 10)
        digits[static_cast<std::size_t>(i)] = static_cast<char>('0' + fraction % 10);
    auto count = static_cast<std::size_t>(decimals);
    while (digits[count - 1] == '0')
        --count;
    text += '.';
    text.append(digits.data(), count);
}

Result<TextOutput> TextOutput::create(const std::filesystem::path& target) {
    auto file = AtomicFile::create(target);
    if (!file) return std::move(file).error();
    return TextOutput(std::move(*file));
}

Status TextOutput::flush() {
    Status written = file_.write(std::as_bytes(std::span(text_)));
    text_.clear();
    return written;
}

Status TextOutput::flushIfLarge() {
    return text_.size() < kPieceBytes ? Status::success() : flush();
}

Status TextOutput::commit() {
    if (Status written = flush(); !written) return written;
    return file_.commit();
}

} // namespace gesture::interchange

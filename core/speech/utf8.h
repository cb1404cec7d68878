// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace gesture::speech {

/// The characters of UTF-8 text; each wrong byte becomes U+FFFD.
[[nodiscard]] std::u32string decodeUtf8(std::string_view text);
[[nodiscard]] std::string encodeUtf8(std::u32string_view characters);

} // namespace gesture::speech

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace gesture::io {

// 256 colours each as six hexadecimal digits of sRGB, without gaps. Inferno, Magma and Viridis by
// Stéfan van der Walt and Nathaniel Smith (CC0), Cividis by Nuñez, Anderton and Renslow 2018 (CC0).

extern const std::string_view kInfernoTable;
extern const std::string_view kViridisTable;
extern const std::string_view kMagmaTable;
extern const std::string_view kCividisTable;

} // namespace gesture::io

// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace gesture::render {

/// Where to draw. The framebuffer is the caller's: 0 or a complete one with a colour attachment.
struct RenderTarget {
    unsigned framebuffer = 0;
    int width = 0; ///< pixels
    int height = 0;
    int x = 0; ///< lower left corner inside the framebuffer
    int y = 0;
};

} // namespace gesture::render

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "render/gl_objects.h"

namespace gesture::render {

/// A square depth texture to render into, for shadows.
class DepthMap {
public:
    [[nodiscard]] static DepthMap make(int size);
    [[nodiscard]] int size() const { return size_; }
    [[nodiscard]] const GlTexture& texture() const { return texture_; }
    /// Binds it for drawing, sets the viewport, and clears it.
    void begin() const;

private:
    int size_ = 0;
    GlTexture texture_;
    GlFramebuffer framebuffer_;
};

/// A multisampled picture with depth, resolved into a plain one.
class MultisampleSurface {
public:
    /// Samples a pixel that are asked for; a device that has fewer gives what it has.
    static constexpr int kSamples = 4;

    /// Makes it this size. LimitExceeded or OutOfMemory when the device cannot.
    [[nodiscard]] Status resize(int width, int height);
    [[nodiscard]] unsigned framebuffer() const { return framebuffer_.id(); }
    /// Copies the picture to a rectangle of a framebuffer, one sample a pixel.
    void resolveTo(unsigned framebuffer, int x, int y) const;
    /// Resolves inside and returns the framebuffer to read it from.
    [[nodiscard]] unsigned resolved() const;

private:
    int width_ = 0;
    int height_ = 0;
    GlFramebuffer framebuffer_;
    GlRenderbuffer colour_;
    GlRenderbuffer depth_;
    GlFramebuffer plainFramebuffer_;
    GlRenderbuffer plainColour_;
};

} // namespace gesture::render

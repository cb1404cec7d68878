// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "render/gl_objects.h"
#include "render/pixel_rectangle.h"

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

/// A multisampled picture with depth, whose samples shaders can read. Grows, never shrinks.
class MultisampleSurface {
public:
    /// Samples a pixel that are asked for; a device that has fewer gives what it has.
    static constexpr int kSamples = 4;

    /// Makes it at least this size. LimitExceeded or OutOfMemory when the device cannot.
    [[nodiscard]] Status reserve(int width, int height);
    /// Binds it for drawing and clears all of it to transparent black.
    void begin() const;
    [[nodiscard]] const GlTexture& samples() const { return colour_; }
    [[nodiscard]] int sampleCount() const { return sampleCount_; }

private:
    Status allocate(int width, int height);

    int width_ = 0;
    int height_ = 0;
    int sampleCount_ = kSamples;
    GlFramebuffer framebuffer_;
    GlTexture colour_;
    GlRenderbuffer depth_;
};

/// A plain picture to render into and read back.
class PictureSurface {
public:
    /// LimitExceeded or OutOfMemory when the device cannot.
    [[nodiscard]] Status resize(int width, int height);
    [[nodiscard]] unsigned framebuffer() const { return framebuffer_.id(); }

private:
    int width_ = 0;
    int height_ = 0;
    GlFramebuffer framebuffer_;
    GlRenderbuffer colour_;
};

} // namespace gesture::render

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

namespace gesture::render {

/// Saves the OpenGL state that the renderer touches, and puts it back at its end, so that drawing
/// inside a foreign context (the studio's window) disturbs nothing: framebuffers, viewport,
/// scissor, clear values, program, vertex array, array and uniform buffers, the textures and
/// samplers of the first kUnits units, pixel storage, and the depth, blend, cull, polygon, colour
/// mask and feedback switches. Sets the renderer's own defaults meanwhile. One at a time a thread.
class GlStateGuard {
public:
    static constexpr unsigned kUnits = 6;
    static constexpr unsigned kUniformBlocks = 2;
    static constexpr unsigned kFeedbackBuffers = 2;

    GlStateGuard();
    ~GlStateGuard();
    GlStateGuard(const GlStateGuard&) = delete;
    GlStateGuard& operator=(const GlStateGuard&) = delete;

private:
    struct Unit {
        int texture2d = 0;
        int multisample = 0;
        int textureBuffer = 0;
        int sampler = 0;
    };
    struct Range {
        int buffer = 0;
        long long start = 0;
        long long size = 0;
    };
    void saveUnits();
    void saveBuffers();
    void savePixelStorage();
    void saveFixedFunction();
    void restoreUnits() const;
    void restoreBuffers() const;
    void restorePixelStorage() const;
    void restoreFixedFunction() const;

    std::array<bool, 12> enabled_{};
    std::array<Unit, kUnits> units_{};
    std::array<Range, kUniformBlocks> uniformBlocks_{};
    std::array<Range, kFeedbackBuffers> feedbackBuffers_{};
    std::array<int, 10> pixelStorage_{};
    std::array<int, 4> viewport_{}, scissor_{};
    std::array<int, 6> blend_{};
    std::array<int, 2> polygonMode_{};
    std::array<float, 4> clearColour_{};
    std::array<float, 2> polygonOffset_{};
    std::array<double, 2> depthRange_{};
    std::array<unsigned char, 4> colourMask_{};
    unsigned char depthMask_ = 1;
    double clearDepth_ = 1.0;
    int activeUnit_ = 0, program_ = 0, vertexArray_ = 0, arrayBuffer_ = 0, uniformBuffer_ = 0;
    int feedbackBuffer_ = 0, feedbackObject_ = 0;
    int packBuffer_ = 0, unpackBuffer_ = 0, drawFramebuffer_ = 0, readFramebuffer_ = 0;
    int renderbuffer_ = 0, depthFunction_ = 0, cullMode_ = 0, frontFace_ = 0;
    float lineWidth_ = 1.0F;
};

} // namespace gesture::render

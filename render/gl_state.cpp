// SPDX-License-Identifier: Apache-2.0
#include "render/gl_state.h"

#include <epoxy/gl.h>

namespace gesture::render {

namespace {

/// Switches that are saved, and what the renderer wants at its start.
struct Switch {
    GLenum name;
    bool wanted;
};
constexpr std::array<Switch, 12> kSwitches{{{GL_BLEND, false},
                                            {GL_CULL_FACE, false},
                                            {GL_DEPTH_TEST, false},
                                            {GL_DEPTH_CLAMP, false},
                                            {GL_FRAMEBUFFER_SRGB, false},
                                            {GL_MULTISAMPLE, true},
                                            {GL_POLYGON_OFFSET_FILL, false},
                                            {GL_PRIMITIVE_RESTART, false},
                                            {GL_RASTERIZER_DISCARD, false},
                                            {GL_SAMPLE_ALPHA_TO_COVERAGE, false},
                                            {GL_SCISSOR_TEST, false},
                                            {GL_STENCIL_TEST, false}}};

constexpr std::array<GLenum, 10> kPixelStorage{
    GL_PACK_ALIGNMENT,   GL_PACK_ROW_LENGTH,  GL_PACK_SKIP_PIXELS,  GL_PACK_SKIP_ROWS,
    GL_PACK_SWAP_BYTES,  GL_UNPACK_ALIGNMENT, GL_UNPACK_ROW_LENGTH, GL_UNPACK_SKIP_PIXELS,
    GL_UNPACK_SKIP_ROWS, GL_UNPACK_SWAP_BYTES};
constexpr std::array<GLint, 10> kPixelDefaults{1, 0, 0, 0, 0, 1, 0, 0, 0, 0};

constexpr std::array<GLenum, 6> kBlendValues{GL_BLEND_SRC_RGB,      GL_BLEND_DST_RGB,
                                             GL_BLEND_SRC_ALPHA,    GL_BLEND_DST_ALPHA,
                                             GL_BLEND_EQUATION_RGB, GL_BLEND_EQUATION_ALPHA};

int integer(GLenum name) {
    GLint value = 0;
    glGetIntegerv(name, &value);
    return value;
}

GLenum asEnum(int value) { return static_cast<GLenum>(value); }

GLuint asName(int value) { return static_cast<GLuint>(value); }

template <typename Range>
Range indexedBinding(GLenum buffer, GLenum start, GLenum size, unsigned index) {
    Range range;
    GLint64 first = 0;
    GLint64 bytes = 0;
    glGetIntegeri_v(buffer, index, &range.buffer);
    glGetInteger64i_v(start, index, &first);
    glGetInteger64i_v(size, index, &bytes);
    range.start = first;
    range.size = bytes;
    return range;
}

template <typename Range>
void restoreIndexed(GLenum target, unsigned index, const Range& range) {
    if (range.buffer != 0 && range.size > 0)
        glBindBufferRange(target, index, asName(range.buffer), static_cast<GLintptr>(range.start),
                          static_cast<GLsizeiptr>(range.size));
    else
        glBindBufferBase(target, index, asName(range.buffer));
}

} // namespace

GlStateGuard::GlStateGuard() {
    drawFramebuffer_ = integer(GL_DRAW_FRAMEBUFFER_BINDING);
    readFramebuffer_ = integer(GL_READ_FRAMEBUFFER_BINDING);
    renderbuffer_ = integer(GL_RENDERBUFFER_BINDING);
    program_ = integer(GL_CURRENT_PROGRAM);
    vertexArray_ = integer(GL_VERTEX_ARRAY_BINDING);
    saveUnits();
    saveBuffers();
    savePixelStorage();
    saveFixedFunction();
}

GlStateGuard::~GlStateGuard() {
    restoreFixedFunction();
    restorePixelStorage();
    restoreUnits();
    glBindVertexArray(asName(vertexArray_));
    restoreBuffers();
    glUseProgram(asName(program_));
    glBindRenderbuffer(GL_RENDERBUFFER, asName(renderbuffer_));
    glBindFramebuffer(GL_DRAW_FRAMEBUFFER, asName(drawFramebuffer_));
    glBindFramebuffer(GL_READ_FRAMEBUFFER, asName(readFramebuffer_));
}

void GlStateGuard::saveUnits() {
    activeUnit_ = integer(GL_ACTIVE_TEXTURE);
    for (unsigned i = 0; i < kUnits; ++i) {
        glActiveTexture(GL_TEXTURE0 + i);
        units_[i] = {integer(GL_TEXTURE_BINDING_2D), integer(GL_TEXTURE_BINDING_2D_MULTISAMPLE),
                     integer(GL_TEXTURE_BINDING_BUFFER), integer(GL_SAMPLER_BINDING)};
        glBindSampler(i, 0);
    }
}

void GlStateGuard::restoreUnits() const {
    for (unsigned i = 0; i < kUnits; ++i) {
        glActiveTexture(GL_TEXTURE0 + i);
        glBindTexture(GL_TEXTURE_2D, asName(units_[i].texture2d));
        glBindTexture(GL_TEXTURE_2D_MULTISAMPLE, asName(units_[i].multisample));
        glBindTexture(GL_TEXTURE_BUFFER, asName(units_[i].textureBuffer));
        glBindSampler(i, asName(units_[i].sampler));
    }
    glActiveTexture(asEnum(activeUnit_));
}

void GlStateGuard::saveBuffers() {
    arrayBuffer_ = integer(GL_ARRAY_BUFFER_BINDING);
    uniformBuffer_ = integer(GL_UNIFORM_BUFFER_BINDING);
    feedbackObject_ = integer(GL_TRANSFORM_FEEDBACK_BINDING);
    glBindTransformFeedback(GL_TRANSFORM_FEEDBACK, 0);
    feedbackBuffer_ = integer(GL_TRANSFORM_FEEDBACK_BUFFER_BINDING);
    for (unsigned i = 0; i < kUniformBlocks; ++i)
        uniformBlocks_[i] = indexedBinding<Range>(
            GL_UNIFORM_BUFFER_BINDING, GL_UNIFORM_BUFFER_START, GL_UNIFORM_BUFFER_SIZE, i);
    for (unsigned i = 0; i < kFeedbackBuffers; ++i)
        feedbackBuffers_[i] = indexedBinding<Range>(GL_TRANSFORM_FEEDBACK_BUFFER_BINDING,
                                                    GL_TRANSFORM_FEEDBACK_BUFFER_START,
                                                    GL_TRANSFORM_FEEDBACK_BUFFER_SIZE, i);
}

void GlStateGuard::restoreBuffers() const {
    for (unsigned i = 0; i < kUniformBlocks; ++i)
        restoreIndexed(GL_UNIFORM_BUFFER, i, uniformBlocks_[i]);
    for (unsigned i = 0; i < kFeedbackBuffers; ++i)
        restoreIndexed(GL_TRANSFORM_FEEDBACK_BUFFER, i, feedbackBuffers_[i]);
    glBindBuffer(GL_TRANSFORM_FEEDBACK_BUFFER, asName(feedbackBuffer_));
    glBindTransformFeedback(GL_TRANSFORM_FEEDBACK, asName(feedbackObject_));
    glBindBuffer(GL_ARRAY_BUFFER, asName(arrayBuffer_));
    glBindBuffer(GL_UNIFORM_BUFFER, asName(uniformBuffer_));
}

void GlStateGuard::savePixelStorage() {
    packBuffer_ = integer(GL_PIXEL_PACK_BUFFER_BINDING);
    unpackBuffer_ = integer(GL_PIXEL_UNPACK_BUFFER_BINDING);
    glBindBuffer(GL_PIXEL_PACK_BUFFER, 0);
    glBindBuffer(GL_PIXEL_UNPACK_BUFFER, 0);
    for (std::size_t i = 0; i < kPixelStorage.size(); ++i) {
        pixelStorage_[i] = integer(kPixelStorage[i]);
        glPixelStorei(kPixelStorage[i], kPixelDefaults[i]);
    }
}

void GlStateGuard::restorePixelStorage() const {
    for (std::size_t i = 0; i < kPixelStorage.size(); ++i)
        glPixelStorei(kPixelStorage[i], pixelStorage_[i]);
    glBindBuffer(GL_PIXEL_PACK_BUFFER, asName(packBuffer_));
    glBindBuffer(GL_PIXEL_UNPACK_BUFFER, asName(unpackBuffer_));
}

void GlStateGuard::saveFixedFunction() {
    for (std::size_t i = 0; i < kSwitches.size(); ++i) {
        enabled_[i] = glIsEnabled(kSwitches[i].name) == GL_TRUE;
        (kSwitches[i].wanted ? glEnable : glDisable)(kSwitches[i].name);
    }
    for (std::size_t i = 0; i < kBlendValues.size(); ++i)
        blend_[i] = integer(kBlendValues[i]);
    glGetIntegerv(GL_VIEWPORT, viewport_.data());
    glGetIntegerv(GL_SCISSOR_BOX, scissor_.data());
    glGetIntegerv(GL_POLYGON_MODE, polygonMode_.data());
    glGetFloatv(GL_COLOR_CLEAR_VALUE, clearColour_.data());
    glGetFloatv(GL_POLYGON_OFFSET_FACTOR, &polygonOffset_[0]);
    glGetFloatv(GL_POLYGON_OFFSET_UNITS, &polygonOffset_[1]);
    glGetFloatv(GL_LINE_WIDTH, &lineWidth_);
    glGetDoublev(GL_DEPTH_RANGE, depthRange_.data());
    glGetDoublev(GL_DEPTH_CLEAR_VALUE, &clearDepth_);
    glGetBooleanv(GL_COLOR_WRITEMASK, colourMask_.data());
    glGetBooleanv(GL_DEPTH_WRITEMASK, &depthMask_);
    depthFunction_ = integer(GL_DEPTH_FUNC);
    cullMode_ = integer(GL_CULL_FACE_MODE);
    frontFace_ = integer(GL_FRONT_FACE);
    glBlendEquation(GL_FUNC_ADD);
    glBlendFunc(GL_ONE, GL_ONE_MINUS_SRC_ALPHA); // premultiplied
    glDepthRange(0.0, 1.0);
    glDepthFunc(GL_LEQUAL);
    glDepthMask(GL_TRUE);
    glClearDepth(1.0);
    glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
    glCullFace(GL_BACK);
    glFrontFace(GL_CCW);
    glPolygonMode(GL_FRONT_AND_BACK, GL_FILL);
    glLineWidth(1.0F);
}

void GlStateGuard::restoreFixedFunction() const {
    for (std::size_t i = 0; i < kSwitches.size(); ++i)
        (enabled_[i] ? glEnable : glDisable)(kSwitches[i].name);
    glBlendFuncSeparate(asEnum(blend_[0]), asEnum(blend_[1]), asEnum(blend_[2]), asEnum(blend_[3]));
    glBlendEquationSeparate(asEnum(blend_[4]), asEnum(blend_[5]));
    glViewport(viewport_[0], viewport_[1], viewport_[2], viewport_[3]);
    glScissor(scissor_[0], scissor_[1], scissor_[2], scissor_[3]);
    glPolygonMode(GL_FRONT_AND_BACK, asEnum(polygonMode_[0]));
    glPolygonOffset(polygonOffset_[0], polygonOffset_[1]);
    glLineWidth(lineWidth_);
    glClearColor(clearColour_[0], clearColour_[1], clearColour_[2], clearColour_[3]);
    glClearDepth(clearDepth_);
    glDepthRange(depthRange_[0], depthRange_[1]);
    glDepthFunc(asEnum(depthFunction_));
    glDepthMask(depthMask_);
    glColorMask(colourMask_[0], colourMask_[1], colourMask_[2], colourMask_[3]);
    glCullFace(asEnum(cullMode_));
    glFrontFace(asEnum(frontFace_));
}

} // namespace gesture::render

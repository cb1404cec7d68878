// SPDX-License-Identifier: Apache-2.0
#include "render/surfaces.h"

#include <algorithm>
#include <epoxy/gl.h>
#include <fmt/format.h>

namespace gesture::render {

namespace {

int limit(GLenum name) {
    GLint value = 0;
    glGetIntegerv(name, &value);
    return value;
}

Error tooLarge(int width, int height, int most) {
    return Error(ErrorCode::LimitExceeded,
                 fmt::format("A picture of {} x {} pixels is larger than this graphics driver "
                             "draws: at most {} a side.",
                             width, height, most));
}

Error noMemory(int width, int height) {
    return Error(ErrorCode::OutOfMemory,
                 fmt::format("The graphics memory is too small for a picture of {} x {} pixels. "
                             "Choose a smaller size.",
                             width, height));
}

void forgetErrors() {
    while (glGetError() != GL_NO_ERROR) {
    }
}

bool isComplete() { return glCheckFramebufferStatus(GL_FRAMEBUFFER) == GL_FRAMEBUFFER_COMPLETE; }

void attach(GLenum attachment, const GlRenderbuffer& buffer) {
    glFramebufferRenderbuffer(GL_FRAMEBUFFER, attachment, GL_RENDERBUFFER, buffer.id());
}

} // namespace

DepthMap DepthMap::make(int size) {
    DepthMap map;
    map.size_ = size;
    map.texture_ = GlTexture::make();
    bindTexture(0, GL_TEXTURE_2D, map.texture_);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_DEPTH_COMPONENT24, size, size, 0, GL_DEPTH_COMPONENT,
                 GL_UNSIGNED_INT, nullptr);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAX_LEVEL, 0);
    map.framebuffer_ = GlFramebuffer::make();
    glBindFramebuffer(GL_FRAMEBUFFER, map.framebuffer_.id());
    glFramebufferTexture2D(GL_FRAMEBUFFER, GL_DEPTH_ATTACHMENT, GL_TEXTURE_2D, map.texture_.id(),
                           0);
    glDrawBuffer(GL_NONE);
    glReadBuffer(GL_NONE);
    return map;
}

void DepthMap::begin() const {
    glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_.id());
    glViewport(0, 0, size_, size_);
    glClear(GL_DEPTH_BUFFER_BIT);
}

Status MultisampleSurface::reserve(int width, int height) {
    if (width <= width_ && height <= height_) return Status::success();
    constexpr int kStep = 64; // so that a moving figure does not reallocate every frame
    const int most = limit(GL_MAX_RENDERBUFFER_SIZE);
    if (width > most || height > most) return tooLarge(width, height, most);
    const auto roundedUp = [most](int size) {
        return std::min(most, (size + kStep - 1) / kStep * kStep);
    };
    return allocate(std::max(width_, roundedUp(width)), std::max(height_, roundedUp(height)));
}

Status MultisampleSurface::allocate(int width, int height) {
    *this = MultisampleSurface();
    sampleCount_ = std::min({kSamples, limit(GL_MAX_SAMPLES), limit(GL_MAX_COLOR_TEXTURE_SAMPLES)});
    forgetErrors();
    colour_ = GlTexture::make();
    bindTexture(0, GL_TEXTURE_2D_MULTISAMPLE, colour_);
    glTexImage2DMultisample(GL_TEXTURE_2D_MULTISAMPLE, sampleCount_, GL_RGBA8, width, height,
                            GL_TRUE);
    depth_ = GlRenderbuffer::make();
    glBindRenderbuffer(GL_RENDERBUFFER, depth_.id());
    glRenderbufferStorageMultisample(GL_RENDERBUFFER, sampleCount_, GL_DEPTH_COMPONENT24, width,
                                     height);
    framebuffer_ = GlFramebuffer::make();
    glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_.id());
    glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D_MULTISAMPLE,
                           colour_.id(), 0);
    attach(GL_DEPTH_ATTACHMENT, depth_);
    if (!isComplete() || glGetError() != GL_NO_ERROR) {
        *this = MultisampleSurface();
        return noMemory(width, height);
    }
    width_ = width;
    height_ = height;
    return Status::success();
}

void MultisampleSurface::begin() const {
    glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_.id());
    glClearColor(0.0F, 0.0F, 0.0F, 0.0F);
    glClear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT);
}

Status PictureSurface::resize(int width, int height) {
    if (width == width_ && height == height_) return Status::success();
    const int most = limit(GL_MAX_RENDERBUFFER_SIZE);
    if (width > most || height > most) return tooLarge(width, height, most);
    *this = PictureSurface();
    forgetErrors();
    colour_ = GlRenderbuffer::make();
    glBindRenderbuffer(GL_RENDERBUFFER, colour_.id());
    glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA8, width, height);
    framebuffer_ = GlFramebuffer::make();
    glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_.id());
    attach(GL_COLOR_ATTACHMENT0, colour_);
    if (!isComplete() || glGetError() != GL_NO_ERROR) {
        *this = PictureSurface();
        return noMemory(width, height);
    }
    width_ = width;
    height_ = height;
    return Status::success();
}

} // namespace gesture::render

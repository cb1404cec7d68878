// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <Eigen/Core>
#include <array>
#include <bit>
#include <cstddef>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace gesture::render {

/// Owner of one OpenGL name; `Kind` says how it is made and deleted. Move-only. All of these belong
/// to the thread of the context in which they were made, and must go while it is current.
/// The type of names is `unsigned`, so that this header needs none of OpenGL's.
template <typename Kind>
class GlObject {
public:
    /// Owns nothing.
    GlObject() = default;
    [[nodiscard]] static GlObject make() { return GlObject(Kind::create()); }
    GlObject(GlObject&& other) noexcept
        : id_(std::exchange(other.id_, 0)) {}
    GlObject& operator=(GlObject&& other) noexcept {
        std::swap(id_, other.id_);
        return *this;
    }
    ~GlObject() {
        if (id_ != 0) Kind::destroy(id_);
    }
    [[nodiscard]] unsigned id() const { return id_; }

private:
    explicit GlObject(unsigned id)
        : id_(id) {}
    unsigned id_ = 0;
};

struct BufferKind {
    static unsigned create();
    static void destroy(unsigned id);
};
struct VertexArrayKind {
    static unsigned create();
    static void destroy(unsigned id);
};
struct TextureKind {
    static unsigned create();
    static void destroy(unsigned id);
};
struct FramebufferKind {
    static unsigned create();
    static void destroy(unsigned id);
};
struct RenderbufferKind {
    static unsigned create();
    static void destroy(unsigned id);
};
struct SamplerKind {
    static unsigned create();
    static void destroy(unsigned id);
};
struct ProgramKind {
    static unsigned create();
    static void destroy(unsigned id);
};
using GlBuffer = GlObject<BufferKind>;
using GlVertexArray = GlObject<VertexArrayKind>;
using GlTexture = GlObject<TextureKind>;
using GlFramebuffer = GlObject<FramebufferKind>;
using GlRenderbuffer = GlObject<RenderbufferKind>;
using GlSampler = GlObject<SamplerKind>;

/// Makes a buffer of these bytes that seldom change. Leaves it bound as array buffer.
[[nodiscard]] GlBuffer staticBuffer(std::span<const std::byte> bytes);
/// Makes an empty buffer of `size` bytes that the GPU writes.
[[nodiscard]] GlBuffer deviceBuffer(std::size_t size);
/// Replaces all content of a buffer that changes each frame.
void streamTo(const GlBuffer& buffer, std::span<const std::byte> bytes);

/// An offset into a bound buffer in the form OpenGL wants it: a pointer.
[[nodiscard]] inline const void* bufferOffset(std::size_t bytes) {
    return std::bit_cast<const void*>(bytes);
}

/// A buffer that shaders read as a texture.
struct TextureBuffer {
    GlBuffer buffer;
    GlTexture texture;
};
/// `format` is OpenGL's sized format of a texel (GL_RGBA32F, …).
[[nodiscard]] GlTexture textureOver(const GlBuffer& buffer, unsigned format);
[[nodiscard]] TextureBuffer textureBuffer(std::span<const std::byte> bytes, unsigned format);

/// Sources of a program; each stage is the concatenation of its texts, the version line is added.
struct ProgramSource {
    std::string_view name; ///< for errors
    std::initializer_list<std::string_view> vertex;
    std::initializer_list<std::string_view> fragment; ///< empty: transform feedback alone
    std::initializer_list<const char*> feedback;      ///< outputs caught, one buffer each
};

/// A linked program. Setting a uniform it has not is no error: the compiler drops unused ones.
class GlProgram {
public:
    GlProgram() = default;
    /// Internal, with the compiler's log, when it does not compile or link.
    [[nodiscard]] static Result<GlProgram> build(const ProgramSource& source);

    void use() const;
    void set(const char* uniform, int value) const;
    void set(const char* uniform, float value) const;
    void set(const char* uniform, std::array<int, 2> value) const;
    void set(const char* uniform, std::array<float, 2> value) const;
    void set(const char* uniform, std::array<float, 3> value) const;
    void set(const char* uniform, std::array<float, 4> value) const;
    void set(const char* uniform, const Eigen::Matrix4f& value) const;
    /// Connects a uniform block to a binding point; no error when the program has no such block.
    void connectBlock(const char* block, unsigned binding) const;

private:
    explicit GlProgram(GlObject<ProgramKind> program)
        : program_(std::move(program)) {}
    [[nodiscard]] int location(const char* uniform) const;

    GlObject<ProgramKind> program_;
};

/// Binds a texture to a unit; `target` is OpenGL's (GL_TEXTURE_2D, GL_TEXTURE_BUFFER).
void bindTexture(unsigned unit, unsigned target, const GlTexture& texture);

} // namespace gesture::render

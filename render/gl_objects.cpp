// SPDX-License-Identifier: Apache-2.0
#include "render/gl_objects.h"

#include <algorithm>
#include <epoxy/gl.h>
#include <fmt/format.h>
#include <vector>

namespace gesture::render {

namespace {

constexpr std::string_view kVersionLine = "#version 410 core\n";

template <typename Generate>
unsigned generated(Generate generate) {
    GLuint id = 0;
    generate(1, &id);
    return id;
}

std::string logOf(unsigned id, decltype(glGetShaderiv) lengthOf,
                  decltype(glGetShaderInfoLog) textOf) {
    GLint length = 0;
    lengthOf(id, GL_INFO_LOG_LENGTH, &length);
    std::string log(static_cast<std::size_t>(std::max(length, 1)), '\0');
    GLsizei written = 0;
    textOf(id, static_cast<GLsizei>(log.size()), &written, log.data());
    log.resize(static_cast<std::size_t>(written));
    return log;
}

Error buildError(std::string_view name, std::string_view step, const std::string& log) {
    return Error(ErrorCode::Internal,
                 fmt::format("The graphics driver could not {} the shader '{}': {}", step, name,
                             log.empty() ? "it says nothing more" : log));
}

/// A compiled shader, attached to the program; the program keeps it alive.
Status attachStage(unsigned program, unsigned kind, std::string_view name,
                   std::initializer_list<std::string_view> texts) {
    std::vector<const char*> pointers{kVersionLine.data()};
    std::vector<GLint> lengths{static_cast<GLint>(kVersionLine.size())};
    for (const std::string_view text : texts) {
        pointers.push_back(text.data());
        lengths.push_back(static_cast<GLint>(text.size()));
    }
    const GLuint shader = glCreateShader(kind);
    glShaderSource(shader, static_cast<GLsizei>(pointers.size()), pointers.data(), lengths.data());
    glCompileShader(shader);
    GLint compiled = GL_FALSE;
    glGetShaderiv(shader, GL_COMPILE_STATUS, &compiled);
    const std::string log =
        compiled == GL_TRUE ? "" : logOf(shader, glGetShaderiv, glGetShaderInfoLog);
    if (compiled == GL_TRUE) glAttachShader(program, shader);
    glDeleteShader(shader); // an attached one lives as long as the program
    if (compiled == GL_TRUE) return Status::success();
    return buildError(name, "compile", log);
}

} // namespace

unsigned BufferKind::create() { return generated(glGenBuffers); }
void BufferKind::destroy(unsigned id) { glDeleteBuffers(1, &id); }
unsigned VertexArrayKind::create() { return generated(glGenVertexArrays); }
void VertexArrayKind::destroy(unsigned id) { glDeleteVertexArrays(1, &id); }
unsigned TextureKind::create() { return generated(glGenTextures); }
void TextureKind::destroy(unsigned id) { glDeleteTextures(1, &id); }
unsigned FramebufferKind::create() { return generated(glGenFramebuffers); }
void FramebufferKind::destroy(unsigned id) { glDeleteFramebuffers(1, &id); }
unsigned RenderbufferKind::create() { return generated(glGenRenderbuffers); }
void RenderbufferKind::destroy(unsigned id) { glDeleteRenderbuffers(1, &id); }
unsigned SamplerKind::create() { return generated(glGenSamplers); }
void SamplerKind::destroy(unsigned id) { glDeleteSamplers(1, &id); }
unsigned ProgramKind::create() { return glCreateProgram(); }
void ProgramKind::destroy(unsigned id) { glDeleteProgram(id); }

GlBuffer staticBuffer(std::span<const std::byte> bytes) {
    auto buffer = GlBuffer::make();
    glBindBuffer(GL_ARRAY_BUFFER, buffer.id());
    glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(bytes.size()), bytes.data(),
                 GL_STATIC_DRAW);
    return buffer;
}

GlBuffer deviceBuffer(std::size_t size) {
    auto buffer = GlBuffer::make();
    glBindBuffer(GL_ARRAY_BUFFER, buffer.id());
    glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(size), nullptr, GL_DYNAMIC_COPY);
    return buffer;
}

void streamTo(const GlBuffer& buffer, std::span<const std::byte> bytes) {
    glBindBuffer(GL_ARRAY_BUFFER, buffer.id());
    glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(bytes.size()), bytes.data(),
                 GL_STREAM_DRAW);
}

GlTexture textureOver(const GlBuffer& buffer, unsigned format) {
    auto texture = GlTexture::make();
    glActiveTexture(GL_TEXTURE0);
    glBindTexture(GL_TEXTURE_BUFFER, texture.id());
    glTexBuffer(GL_TEXTURE_BUFFER, format, buffer.id());
    return texture;
}

TextureBuffer textureBuffer(std::span<const std::byte> bytes, unsigned format) {
    // A texture needs a buffer with at least one texel.
    static constexpr std::array<std::byte, 16> kOneTexel{};
    TextureBuffer result;
    result.buffer = staticBuffer(bytes.empty() ? std::span<const std::byte>(kOneTexel) : bytes);
    result.texture = textureOver(result.buffer, format);
    return result;
}

Result<GlProgram> GlProgram::build(const ProgramSource& source) {
    GlProgram program(GlObject<ProgramKind>::make());
    const unsigned id = program.program_.id();
    if (auto status = attachStage(id, GL_VERTEX_SHADER, source.name, source.vertex); !status)
        return std::move(status).error();
    if (source.fragment.size() > 0) {
        auto status = attachStage(id, GL_FRAGMENT_SHADER, source.name, source.fragment);
        if (!status) return std::move(status).error();
    }
    if (source.feedback.size() > 0)
        glTransformFeedbackVaryings(id, static_cast<GLsizei>(source.feedback.size()),
                                    std::data(source.feedback), GL_SEPARATE_ATTRIBS);
    glLinkProgram(id);
    GLint linked = GL_FALSE;
    glGetProgramiv(id, GL_LINK_STATUS, &linked);
    if (linked != GL_TRUE)
        return buildError(source.name, "link", logOf(id, glGetProgramiv, glGetProgramInfoLog));
    return program;
}

void GlProgram::use() const { glUseProgram(program_.id()); }

int GlProgram::location(const char* uniform) const {
    return glGetUniformLocation(program_.id(), uniform);
}

void GlProgram::set(const char* uniform, int value) const {
    glProgramUniform1i(program_.id(), location(uniform), value);
}
void GlProgram::set(const char* uniform, float value) const {
    glProgramUniform1f(program_.id(), location(uniform), value);
}
void GlProgram::set(const char* uniform, std::array<int, 2> value) const {
    glProgramUniform2iv(program_.id(), location(uniform), 1, value.data());
}
void GlProgram::set(const char* uniform, std::array<float, 2> value) const {
    glProgramUniform2fv(program_.id(), location(uniform), 1, value.data());
}
void GlProgram::set(const char* uniform, std::array<float, 3> value) const {
    glProgramUniform3fv(program_.id(), location(uniform), 1, value.data());
}
void GlProgram::set(const char* uniform, std::array<float, 4> value) const {
    glProgramUniform4fv(program_.id(), location(uniform), 1, value.data());
}
void GlProgram::set(const char* uniform, const Eigen::Matrix4f& value) const {
    glProgramUniformMatrix4fv(program_.id(), location(uniform), 1, GL_FALSE, value.data());
}

void GlProgram::connectBlock(const char* block, unsigned binding) const {
    const GLuint index = glGetUniformBlockIndex(program_.id(), block);
    if (index != GL_INVALID_INDEX) glUniformBlockBinding(program_.id(), index, binding);
}

void bindTexture(unsigned unit, unsigned target, const GlTexture& texture) {
    glActiveTexture(GL_TEXTURE0 + unit);
    glBindTexture(target, texture.id());
}

} // namespace gesture::render

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <memory>
#include <string>

namespace gesture::render {

/// An OpenGL 4.1 core context without a window or an X server, for pictures on servers, in CI and
/// on clusters. A graphics card's driver is preferred (EGL device platform), then Mesa without a
/// surface, then the default display. Belongs to one thread: the one that calls `makeCurrent`.
/// Destroy everything that was made in it before the context itself.
class HeadlessContext {
public:
    /// Creates a context and makes it current. Unavailable, with what to install, when the machine
    /// has no OpenGL 4.1.
    [[nodiscard]] static Result<std::unique_ptr<HeadlessContext>> create();

    HeadlessContext(const HeadlessContext&) = delete;
    HeadlessContext& operator=(const HeadlessContext&) = delete;
    ~HeadlessContext();

    /// Makes it current on this thread. Internal when the driver refuses.
    [[nodiscard]] Status makeCurrent();

    /// Name of the driver and version, for `gesture doctor` and logs:
    /// "llvmpipe (LLVM 15.0.6, 256 bits), OpenGL 4.5 (Core Profile) Mesa 22.3.6".
    [[nodiscard]] const std::string& description() const { return description_; }

    /// True when pictures are computed on the processor (llvmpipe, softpipe, swrast).
    [[nodiscard]] bool isSoftware() const;

private:
    HeadlessContext(void* display, void* context)
        : display_(display)
        , context_(context) {}

    void* display_ = nullptr;
    void* context_ = nullptr;
    std::string description_;
};

/// Checks that the current context is OpenGL 4.1 core or later, and names it as above.
/// Unavailable otherwise. For contexts that others made, the studio's for one.
[[nodiscard]] Result<std::string> describeCurrentContext();

} // namespace gesture::render

// SPDX-License-Identifier: Apache-2.0
#include "render/headless_context.h"

#include <array>
#include <dlfcn.h>
#include <epoxy/egl.h>
#include <epoxy/gl.h>
#include <fmt/format.h>
#include <vector>

namespace gesture::render {

namespace {

Error unavailable(const std::string& why) {
    return Error(ErrorCode::Unavailable,
                 fmt::format("OpenGL 4.1 is not available: {}. Install the packages libegl1 and "
                             "libgl1-mesa-dri, or the driver of the graphics card.",
                             why));
}

bool libraryLoads(const char* name) { return dlopen(name, RTLD_NOW | RTLD_LOCAL) != nullptr; }

/// The GL loader ends the process when a library is missing, so that is checked before it is asked.
Status checkLibraries() {
    if (!libraryLoads("libEGL.so.1")) return unavailable("the library libEGL.so.1 is missing");
    if (!libraryLoads("libOpenGL.so.0") && !libraryLoads("libGL.so.1"))
        return unavailable("the library libGL.so.1 is missing");
    return Status::success();
}

bool hasClientExtension(const char* name) { return epoxy_has_egl_extension(EGL_NO_DISPLAY, name); }

/// Displays of the machine's graphics devices, real cards before software.
void appendDevices(std::vector<EGLDisplay>& displays) {
    if (!hasClientExtension("EGL_EXT_platform_device") ||
        !hasClientExtension("EGL_EXT_device_enumeration"))
        return;
    std::array<EGLDeviceEXT, 32> devices{};
    EGLint count = 0;
    if (eglQueryDevicesEXT(static_cast<EGLint>(devices.size()), devices.data(), &count) != EGL_TRUE)
        return;
    std::vector<EGLDisplay> software;
    for (EGLint i = 0; i < count; ++i) {
        EGLDeviceEXT device = devices[static_cast<std::size_t>(i)];
        const char* extensions = eglQueryDeviceStringEXT(device, EGL_EXTENSIONS);
        const bool isSoftware =
            extensions != nullptr &&
            std::string_view(extensions).find("EGL_MESA_device_software") != std::string_view::npos;
        EGLDisplay display = eglGetPlatformDisplayEXT(EGL_PLATFORM_DEVICE_EXT, device, nullptr);
        if (display != EGL_NO_DISPLAY) (isSoftware ? software : displays).push_back(display);
    }
    displays.insert(displays.end(), software.begin(), software.end());
}

std::vector<EGLDisplay> candidateDisplays() {
    std::vector<EGLDisplay> displays;
    appendDevices(displays);
    if (hasClientExtension("EGL_MESA_platform_surfaceless")) {
        EGLDisplay display =
            eglGetPlatformDisplayEXT(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr);
        if (display != EGL_NO_DISPLAY) displays.push_back(display);
    }
    if (EGLDisplay display = eglGetDisplay(EGL_DEFAULT_DISPLAY); display != EGL_NO_DISPLAY)
        displays.push_back(display);
    return displays;
}

/// A 4.1 core context on the display, or null. Displays stay initialised for the process's life:
/// the system hands out one object for each, and others may use it.
EGLContext contextOn(EGLDisplay display) {
    EGLint major = 0;
    EGLint minor = 0;
    if (eglInitialize(display, &major, &minor) != EGL_TRUE) return EGL_NO_CONTEXT;
    if (eglBindAPI(EGL_OPENGL_API) != EGL_TRUE) return EGL_NO_CONTEXT;
    if (!epoxy_has_egl_extension(display, "EGL_KHR_surfaceless_context")) return EGL_NO_CONTEXT;
    const std::array<EGLint, 5> wanted{EGL_SURFACE_TYPE, 0, EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT,
                                       EGL_NONE};
    EGLConfig config = nullptr;
    EGLint count = 0;
    if (eglChooseConfig(display, wanted.data(), &config, 1, &count) != EGL_TRUE || count == 0)
        return EGL_NO_CONTEXT;
    const std::array<EGLint, 7> attributes{EGL_CONTEXT_MAJOR_VERSION,
                                           4,
                                           EGL_CONTEXT_MINOR_VERSION,
                                           1,
                                           EGL_CONTEXT_OPENGL_PROFILE_MASK,
                                           EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
                                           EGL_NONE};
    return eglCreateContext(display, config, EGL_NO_CONTEXT, attributes.data());
}

std::string glText(GLenum name) {
    const auto* text = glGetString(name);
    return text == nullptr ? std::string() : std::string(reinterpret_cast<const char*>(text));
}

} // namespace

Result<std::string> describeCurrentContext() {
    if (epoxy_gl_version() < 41)
        return unavailable(fmt::format("this context is OpenGL {}.{} ({})", epoxy_gl_version() / 10,
                                       epoxy_gl_version() % 10, glText(GL_RENDERER)));
    return fmt::format("{}, OpenGL {}", glText(GL_RENDERER), glText(GL_VERSION));
}

Result<std::unique_ptr<HeadlessContext>> HeadlessContext::create() {
    if (auto status = checkLibraries(); !status) return std::move(status).error();
    for (EGLDisplay display : candidateDisplays()) {
        EGLContext context = contextOn(display);
        if (context == EGL_NO_CONTEXT) continue;
        std::unique_ptr<HeadlessContext> headless(new HeadlessContext(display, context));
        if (!headless->makeCurrent()) continue;
        auto description = describeCurrentContext();
        if (!description) continue;
        headless->description_ = std::move(description).value();
        return headless;
    }
    return unavailable("no driver on this machine offers it");
}

HeadlessContext::~HeadlessContext() {
    if (eglGetCurrentContext() == context_)
        eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
    eglDestroyContext(display_, context_);
}

Status HeadlessContext::makeCurrent() {
    eglBindAPI(EGL_OPENGL_API);
    if (eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, context_) != EGL_TRUE)
        return Error(ErrorCode::Internal,
                     fmt::format("The OpenGL context could not be made current (EGL error {:#x}).",
                                 eglGetError()));
    return Status::success();
}

bool HeadlessContext::isSoftware() const {
    for (const char* name : {"llvmpipe", "softpipe", "swrast", "SWR"})
        if (description_.find(name) != std::string::npos) return true;
    return false;
}

} // namespace gesture::render

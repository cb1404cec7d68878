// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inference/engine_service.h"

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace gesture::inference {

struct ServeOptions {
    std::string program; ///< Version that the engine names in its hello.
    std::chrono::milliseconds heartbeat{1000};
};

/// The engine's side of the conversation: reads requests from the descriptor `in`, lets the service
/// compute them on the calling thread and writes what it yields to `out`. Meanwhile a thread of its
/// own takes cancel and quit and says each second that the engine lives. Exceptions of the service
/// end the request, not the engine. Returns after quit or when the other side is gone; an error
/// says that the other side broke the protocol. A service that does not stop within 2 s after that
/// ends the process.
[[nodiscard]] Status serve(EngineService& service, int in, int out, const ServeOptions& options);

/// Serves over this process's standard streams: the whole life of an engine process. It dies with
/// the thread that started it, and what libraries print goes to the standard error.
using ServiceFactory = std::function<Result<std::unique_ptr<EngineService>>()>;
[[nodiscard]] Status serveStandardStreams(const ServiceFactory& makeService,
                                          const ServeOptions& options);

} // namespace gesture::inference

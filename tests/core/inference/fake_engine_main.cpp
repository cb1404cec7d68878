// SPDX-License-Identifier: Apache-2.0
// A program that behaves as gesture-engine does, and as it should not, with FakeService for
// networks.

#include "core/inference/engine_client.h"
#include "core/inference/engine_protocol.h"
#include "core/inference/message_loop.h"
#include "tests/core/inference/fake_service.h"

#include <array>
#include <cstdio>
#include <string_view>
#include <sys/resource.h>
#include <unistd.h>

namespace {

using namespace gesture::inference;

int serveFake() {
    const int rawOutput = ::dup(STDOUT_FILENO);
    const auto makeService = [rawOutput]() -> gesture::Result<std::unique_ptr<EngineService>> {
        return std::unique_ptr<EngineService>(new FakeService(rawOutput));
    };
    const auto status = serveStandardStreams(makeService, {"fake", std::chrono::milliseconds(100)});
    if (!status) std::fprintf(stderr, "%s\n", status.error().message().c_str());
    return status ? 0 : 1;
}

int waitForEnd() {
    std::array<char, 256> block{};
    while (::read(STDIN_FILENO, block.data(), block.size()) > 0) {
    }
    return 0;
}

int speakOtherProtocol() {
    const auto hello = encode(EngineMessage(Hello{kProtocolVersion + 1, "9.9"}));
    if (::write(STDOUT_FILENO, hello->data(), hello->size()) < 0) return 1;
    return waitForEnd();
}

/// A sink that takes no interest.
class NoSink final : public ResultSink {
    void motion(const MotionChunk&) override {}
    void tokens(const TokenChunk&) override {}
    void semantic(const SemanticChunk&) override {}
    void attention(const AttentionWindow&) override {}
    void note(const Note&) override {}
};

/// A program with an engine: prints the engine's process number while that is busy for ever.
int beClient(const char* self) {
    EngineClient::Options options;
    options.program = self;
    EngineClient client(options);
    GenerateRequest request;
    request.bundle = "/fake/deaf";
    request.speech.audio = "/none.wav";
    gesture::JobControl control({}, [&client](const gesture::Progress&) {
        std::printf("%d\n", client.processId().value_or(0));
        std::fflush(stdout);
    });
    NoSink sink;
    return client.generate(request, sink, control) ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
    const rlimit noCore{0, 0};
    ::setrlimit(RLIMIT_CORE, &noCore);
    const std::string_view mode = argc > 1 ? argv[1] : "";
    if (mode == "--serve") return serveFake();
    if (mode == "--mute") return waitForEnd();
    if (mode == "--other-protocol") return speakOtherProtocol();
    if (mode == "--client") return beClient(argv[0]);
    std::fputs("libtorch is not there\n", stderr);
    return 4;
}

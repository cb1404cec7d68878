// SPDX-License-Identifier: Apache-2.0
// One window of a bundle's generator on inputs of tests/golden/compare_windows.py, which starts
// this program, asks for one run a line and compares tokens and times with the authors' classes.
//
// usage: window_bench BUNDLE FOLDER THREADS [half]; FOLDER holds inputs.safetensors. Each line on
// the standard input is answered with the milliseconds of one run, passed and of the processor; the
// tokens are left in FOLDER/ours.safetensors.
#include "core/io/weights/safetensors.h"
#include "core/models/bundle/load_network.h"
#include "core/models/networks/echomask.h"
#include "core/models/networks/emage.h"
#include "core/models/networks/semtalk_base.h"
#include "core/models/networks/semtalk_sparse.h"

#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/full.h>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <fmt/format.h>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <stdexcept>

namespace {

using namespace gesture;
using Tensors = std::map<std::string, at::Tensor>;
/// One run: inputs to tokens of each part.
using Run = std::function<Tensors(const Tensors&)>;

template <typename T>
T valueOf(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().message());
    return *std::move(result);
}

Tensors readInputs(const std::filesystem::path& path, at::ScalarType type) {
    const auto file = valueOf(io::SafetensorsReader::open(path));
    Tensors tensors;
    for (const io::TensorInfo& info : file.tensors()) {
        const std::vector<std::int64_t> shape(info.shape.begin(), info.shape.end());
        at::Tensor tensor =
            at::empty(shape, info.type == io::TensorType::Int64 ? at::kLong : at::kFloat);
        const std::span bytes(static_cast<std::byte*>(tensor.data_ptr()), tensor.nbytes());
        if (Status read = file.readInto(info.name, bytes); !read)
            throw std::runtime_error(read.error().message());
        tensors.emplace(info.name, tensor.is_floating_point() ? tensor.to(type) : tensor);
    }
    return tensors;
}

void writeTokens(const std::filesystem::path& path, const Tensors& tokens) {
    std::map<std::string, io::TensorData> data;
    for (const auto& [name, tensor] : tokens) {
        const at::Tensor flat = tensor.to(at::kLong).contiguous();
        const auto* bytes = static_cast<const std::byte*>(flat.data_ptr());
        data.emplace(name, io::TensorData{io::TensorType::Int64,
                                          io::TensorShape(flat.sizes().begin(), flat.sizes().end()),
                                          {bytes, bytes + flat.nbytes()}});
    }
    if (!io::writeSafetensorsFile(path, data)) throw std::runtime_error("cannot write the tokens");
}

models::MotionContext contextOf(const Tensors& in, std::int64_t speaker) {
    return {in.at("motion"), in.at("mask"),
            at::full({1, in.at("motion").size(1)}, speaker, at::kLong)};
}

Tensors bodyTokens(const models::BodyParts<models::PartPrediction>& body) {
    return {{"upper", body.upper.tokens()},
            {"hands", body.hands.tokens()},
            {"lower", body.lower.tokens()}};
}

constexpr auto kHeard = models::SpeechHints::Heard;
constexpr auto kInference = models::Pass::Inference;

Run semTalk(const io::Bundle& bundle, models::Placement place) {
    std::shared_ptr base = valueOf(models::loadNetwork<models::SemTalkBase>(bundle, "base", place));
    std::shared_ptr sparse =
        valueOf(models::loadNetwork<models::SemTalkSparse>(bundle, "sparse", place));
    return [=](const Tensors& in) {
        const auto context = contextOf(in, 1);
        const auto first = (*base)({in.at("beat"), in.at("hubert"), context, kHeard}, kInference);
        const auto second = (*sparse)(
            {in.at("words"), in.at("sentence"), in.at("hubert"), context, kHeard}, kInference);
        Tensors tokens = bodyTokens(first.body);
        tokens.emplace("face", first.face.tokens());
        for (const auto& [part, values] : bodyTokens(second.body))
            tokens.emplace("sparse_" + part, values);
        return tokens;
    };
}

Run echoMask(const io::Bundle& bundle, models::Placement place) {
    std::shared_ptr network =
        valueOf(models::loadNetwork<models::EchoMask>(bundle, "generator", place));
    return [=](const Tensors& in) {
        const auto heard = network->alignment().conditions(in.at("low"), in.at("high"), kInference);
        const auto said = (*network)(heard, contextOf(in, 1), kHeard, kInference);
        Tensors tokens = bodyTokens(said.body);
        tokens.emplace("face", said.face.tokens());
        return tokens;
    };
}

Run emage(const io::Bundle& bundle, models::Placement place) {
    std::shared_ptr network =
        valueOf(models::loadNetwork<models::Emage>(bundle, "generator", place));
    return [=](const Tensors& in) {
        const auto said = (*network)(network->speech(in.at("samples"), kInference),
                                     contextOf(in, 0), kHeard, kInference);
        Tensors tokens = bodyTokens(said.body);
        tokens.emplace("face", said.face.tokens());
        return tokens;
    };
}

Run load(const io::Bundle& bundle, models::Placement place) {
    switch (bundle.manifest.architecture) {
    case io::Architecture::SemTalk:
        return semTalk(bundle, place);
    case io::Architecture::EchoMask:
        return echoMask(bundle, place);
    case io::Architecture::Emage:
        return emage(bundle, place);
    }
    throw std::runtime_error("no architecture");
}

void answer(const Run& run, const Tensors& inputs, const std::filesystem::path& folder) {
    const at::NoGradGuard noGradient;
    const auto begin = std::chrono::steady_clock::now();
    const std::clock_t processorBegin = std::clock();
    const Tensors tokens = run(inputs);
    const std::chrono::duration<double, std::milli> passed =
        std::chrono::steady_clock::now() - begin;
    const double processor = 1e3 * double(std::clock() - processorBegin) / CLOCKS_PER_SEC;
    writeTokens(folder / "ours.safetensors", tokens);
    std::cout << fmt::format("{:.3f} {:.3f}", passed.count(), processor) << std::endl;
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 4 && argc != 5) {
        std::cerr << "usage: window_bench BUNDLE FOLDER THREADS [half]\n";
        return 2;
    }
    try {
        at::set_num_threads(std::atoi(argv[3]));
        const models::Placement place{at::kCPU, argc == 5 ? at::kHalf : at::kFloat};
        const Run run = load(valueOf(io::openBundle(argv[1])), place);
        const std::filesystem::path folder = argv[2];
        const Tensors inputs = readInputs(folder / "inputs.safetensors", place.type);
        std::cout << "ready" << std::endl;
        for (std::string line; std::getline(std::cin, line);)
            answer(run, inputs, folder);
    } catch (const std::exception& problem) {
        std::cerr << "window_bench: " << problem.what() << '\n';
        return 1;
    }
    return 0;
}

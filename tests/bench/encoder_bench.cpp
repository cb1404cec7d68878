// SPDX-License-Identifier: Apache-2.0
// Full-size HuBERT and CLIP text tower on weights and inputs of tests/golden/compare_encoders.py,
// which starts this program, asks for one run a line and compares results and times.
//
// usage: encoder_bench FOLDER THREADS; then lines "hubert" or "clip" on the standard input. Each is
// answered with the milliseconds of one run, passed and of the processor; the results are left in
// FOLDER/ours_NAME.safetensors.
#include "core/io/weights/safetensors.h"
#include "core/models/networks/hubert.h"
#include "core/models/networks/sentence_encoder.h"

#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/empty.h>
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fmt/format.h>
#include <iostream>
#include <map>
#include <optional>
#include <stdexcept>

namespace {

using namespace gesture;

/// Tensors of a safetensors file, by name.
class FileSource : public models::TensorSource {
public:
    explicit FileSource(const std::filesystem::path& path)
        : reader_(valueOf(io::SafetensorsReader::open(path))) {}

    at::Tensor take(const models::TensorSpec& spec) override {
        if (spec.liveness == models::Liveness::Dead) return {};
        const io::TensorInfo* info = reader_.find(spec.name);
        if (info == nullptr) throw std::runtime_error("no tensor " + spec.name);
        if (!std::equal(info->shape.begin(), info->shape.end(), spec.shape.begin(),
                        spec.shape.end()))
            throw std::runtime_error("another shape: " + spec.name);
        return read(spec.name);
    }

    at::Tensor read(const std::string& name) const {
        const io::TensorInfo* info = reader_.find(name);
        std::vector<std::int64_t> shape(info->shape.begin(), info->shape.end());
        const bool whole = info->type == io::TensorType::Int64;
        at::Tensor tensor = at::empty(shape, whole ? at::kLong : at::kFloat);
        const auto bytes = std::span(static_cast<std::byte*>(tensor.data_ptr()), tensor.nbytes());
        if (Status done = reader_.readInto(name, bytes); !done)
            throw std::runtime_error(done.error().message());
        return tensor;
    }

private:
    template <typename T>
    static T valueOf(Result<T> result) {
        if (!result) throw std::runtime_error(result.error().message());
        return *std::move(result);
    }

    io::SafetensorsReader reader_;
};

io::TensorData dataOf(const at::Tensor& tensor) {
    const at::Tensor flat = tensor.contiguous();
    const auto* bytes = static_cast<const std::byte*>(flat.data_ptr());
    return {io::TensorType::Float32,
            io::TensorShape(flat.sizes().begin(), flat.sizes().end()),
            {bytes, bytes + flat.nbytes()}};
}

class Bench {
public:
    explicit Bench(const std::filesystem::path& folder)
        : folder_(folder)
        , inputs_(folder / "inputs.safetensors") {
        FileSource hubert(folder / "hubert.safetensors");
        hubert_.emplace(hubert, models::HubertSizes{});
        FileSource clip(folder / "clip.safetensors");
        clip_.emplace(clip, models::SentenceEncoderSizes{});
    }

    struct Times {
        double passed, processor; ///< Milliseconds.
    };
    Times run(const std::string& name) {
        const at::NoGradGuard noGradient;
        const at::Tensor input = inputs_.read(name);
        std::map<std::string, at::Tensor> results;
        const auto begin = std::chrono::steady_clock::now();
        const std::clock_t processorBegin = std::clock();
        if (name == "hubert") {
            const auto features = (*hubert_)(input, 11);
            results = {{"high", features.last}, {"low", features.middle}};
        } else {
            results = {{"embedding", (*clip_)(input)}};
        }
        const std::chrono::duration<double, std::milli> passed =
            std::chrono::steady_clock::now() - begin;
        const double processor = 1e3 * double(std::clock() - processorBegin) / CLOCKS_PER_SEC;
        std::map<std::string, io::TensorData> data;
        for (const auto& [key, tensor] : results)
            data.emplace(key, dataOf(tensor));
        if (!io::writeSafetensorsFile(folder_ / ("ours_" + name + ".safetensors"), data))
            throw std::runtime_error("cannot write the results");
        return {passed.count(), processor};
    }

private:
    std::filesystem::path folder_;
    FileSource inputs_;
    std::optional<models::Hubert> hubert_;
    std::optional<models::SentenceEncoder> clip_;
};

} // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::cerr << "usage: encoder_bench FOLDER THREADS\n";
        return 2;
    }
    try {
        at::set_num_threads(std::atoi(argv[2]));
        Bench bench(argv[1]);
        std::cout << "ready" << std::endl;
        for (std::string name; std::getline(std::cin, name);) {
            const auto times = bench.run(name);
            std::cout << fmt::format("{:.3f} {:.3f}", times.passed, times.processor) << std::endl;
        }
    } catch (const std::exception& problem) {
        std::cerr << "encoder_bench: " << problem.what() << '\n';
        return 1;
    }
    return 0;
}

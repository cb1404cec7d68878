// SPDX-License-Identifier: Apache-2.0
// A WAV file of 60 minutes, made once in a temporary folder: time and peak memory of what is done
// with it when it is opened. Each figure comes from a process of its own, so that peaks do not mix.
//
//     audio_bench                   a table: best and median of seven interleaved runs
//     audio_bench --one WHAT FILE   one run: seconds, seconds of the processor, MiB of memory
#include "core/audio/audio_writer.h"
#include "core/audio/resample.h"
#include "core/audio/waveform_cache.h"
#include "core/base/fast_hash.h"
#include "core/base/process.h"
#include "core/base/sha256.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace {

using namespace gesture;
namespace fs = std::filesystem;

constexpr int kRuns = 7;
constexpr int kSeconds = 3600;

[[noreturn]] void fail(const Error& error) {
    std::cerr << error.message() << "\n";
    std::exit(1);
}

/// Peak of this process' memory, MiB. Not getrusage: its peak begins with that of the parent.
double peakMemory() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024;
    return 0;
}

void doOnce(const std::string& what, const fs::path& file) {
    JobControl control;
    const auto check = [](const auto& result) {
        if (!result) fail(result.error());
    };
    if (what == "waveform") {
        auto reader = audio::AudioReader::open(file);
        check(reader);
        check(audio::buildWaveform(*reader, control));
    } else if (what == "kept waveform") {
        const audio::WaveformCache cache(file.parent_path() / "cache");
        const auto key = audio::WaveformCache::keyOf(file, control);
        check(key);
        if (!cache.find(*key)) fail({ErrorCode::NotFound, "The waveform was not kept."});
    } else if (what == "XXH64") {
        check(fastHashOfFile(file, control));
    } else if (what == "SHA-256") {
        check(sha256OfFile(file));
    } else if (what == "mono at 16 kHz") {
        check(audio::readMono(file, 16000, control));
    } else {
        fail({ErrorCode::Usage, "Unknown: " + what});
    }
}

void runOne(const std::string& what, const fs::path& file) {
    const double before = peakMemory();
    const auto start = std::chrono::steady_clock::now();
    doOnce(what, file);
    const double seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    const double processor = static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
    std::cout << seconds << " " << processor << " " << peakMemory() - before << "\n";
}

fs::path makeSound(const fs::path& folder, int rate, int channels) {
    const fs::path file = folder / fmt::format("{}x{}.wav", rate, channels);
    auto writer = audio::AudioWriter::create(file, {rate, channels, audio::SoundCoding::WavPcm16});
    if (!writer) fail(writer.error());
    std::vector<float> second(static_cast<std::size_t>(rate * channels));
    for (std::size_t i = 0; i < second.size(); ++i)
        second[i] = static_cast<float>((i * i) % 20011) / 40000.0F - 0.25F;
    for (int s = 0; s < kSeconds; ++s)
        if (auto written = writer->write(second); !written) fail(written.error());
    if (auto done = writer->commit(); !done) fail(done.error());
    // What a second opening finds.
    JobControl control;
    auto reader = audio::AudioReader::open(file);
    if (!reader) fail(reader.error());
    const auto key = audio::WaveformCache::keyOf(file, control);
    const auto pyramid = audio::buildWaveform(*reader, control);
    if (!key || !pyramid) fail(pyramid ? key.error() : pyramid.error());
    audio::WaveformCache(folder / "cache").store(*key, *pyramid);
    return file;
}

struct Figures {
    std::vector<double> seconds;
    std::vector<double> processor;
    double memory = 0;
};

void compare(const fs::path& program, const fs::path& file) {
    const std::vector<std::string> kinds{"waveform", "kept waveform", "XXH64", "SHA-256",
                                         "mono at 16 kHz"};
    std::map<std::string, Figures> figures;
    for (int run = 0; run < kRuns; ++run) {
        for (const std::string& what : kinds) {
            const auto output =
                runProgram({program, {"--one", what, file.string()}}, std::chrono::minutes(5));
            if (!output || output->exitStatus != 0)
                fail({ErrorCode::Internal, output ? output->text : output.error().message()});
            std::istringstream text(output->text);
            double seconds = 0;
            double processor = 0;
            double memory = 0;
            text >> seconds >> processor >> memory;
            figures[what].processor.push_back(processor);
            figures[what].seconds.push_back(seconds);
            figures[what].memory = std::max(figures[what].memory, memory);
        }
    }
    std::cout << file.filename().string() << "\n";
    for (const std::string& what : kinds) {
        Figures& figure = figures[what];
        std::sort(figure.seconds.begin(), figure.seconds.end());
        std::sort(figure.processor.begin(), figure.processor.end());
        std::cout << fmt::format(
            "  {:<16} best {:.2f} s, median {:.2f} s; processor {:.2f} s; {:.0f} MiB more\n", what,
            figure.seconds.front(), figure.seconds[kRuns / 2], figure.processor[kRuns / 2],
            figure.memory);
    }
}

} // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> arguments(argv, argv + argc);
    if (arguments.size() == 4 && arguments[1] == "--one") {
        runOne(arguments[2], arguments[3]);
        return 0;
    }
    std::string pattern = (fs::temp_directory_path() / "gesture-bench-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) return 1;
    const fs::path folder = pattern;
    for (const auto& [rate, channels] : {std::pair{16000, 1}, std::pair{48000, 2}})
        compare(fs::read_symlink("/proc/self/exe"), makeSound(folder, rate, channels));
    fs::remove_all(folder);
    return 0;
}

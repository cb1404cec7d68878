// SPDX-License-Identifier: Apache-2.0
// Reads every #include of the tree and holds it against the layers of ARCHITECTURE.md.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

/// A folder of the tree: which project folders it may include, and which third-party families.
struct Layer {
    std::vector<std::string> folders;
    std::vector<std::string> libraries;
};

const std::map<std::string, Layer>& layers() {
    static const std::map<std::string, Layer> table{
        {"core/base", {{}, {"fmt", "spdlog", "eigen"}}},
        {"core/motion", {{"core/base"}, {"fmt", "eigen"}}},
        {"core/audio", {{"core/base"}, {"fmt", "eigen", "sndfile", "soxr", "kissfft"}}},
        {"core/metrics", {{"core/base", "core/motion", "core/audio"}, {"fmt", "eigen"}}},
        {"core/gestures", {{"core/base", "core/motion", "core/audio"}, {"fmt", "eigen"}}},
        {"core/speech", {{"core/base", "core/audio"}, {"fmt", "pocketsphinx"}}},
        {"core/io",
         {{"core/base", "core/motion", "core/audio"},
          {"fmt", "eigen", "nlohmann", "zlib", "yaml"}}},
        {"core/avatar",
         {{"core/base", "core/motion", "core/io"}, {"fmt", "eigen", "nlohmann", "zlib"}}},
        {"core/interchange",
         {{"core/base", "core/motion", "core/io", "core/avatar"},
          {"fmt", "eigen", "nlohmann", "zlib"}}},
        {"core/inference",
         {{"core/base", "core/motion", "core/audio"}, {"fmt", "eigen", "nlohmann"}}},
        {"core/analysis",
         {{"core/base", "core/motion", "core/audio", "core/gestures", "core/io", "core/inference"},
          {"fmt", "nlohmann"}}},
        {"core/project",
         {{"core/base", "core/motion", "core/audio", "core/io", "core/inference"},
          {"fmt", "nlohmann", "sqlite"}}},
        {"core/cuda", {{}, {"cuda"}}},
        {"core/models",
         {{"core/base", "core/motion", "core/audio", "core/gestures", "core/io", "core/inference"},
          {"fmt", "eigen", "torch", "nlohmann"}}},
        {"render", {{"core/base"}, {"fmt", "eigen", "gl", "png"}}},
        {"app/stage",
         {{"core/base", "core/motion", "core/audio", "core/io", "core/avatar", "render"},
          {"fmt", "eigen"}}},
        {"app/cli",
         {{"core/base", "core/motion", "core/audio", "core/speech", "core/io", "core/avatar",
           "core/interchange", "core/inference", "core/analysis", "core/metrics", "core/project",
           "core/gestures", "training/cluster", "training/corpus", "training/data", "render",
           "app/stage"},
          {"fmt", "eigen", "nlohmann", "cli11"}}},
        {"app/convert", {{"core/base", "core/io"}, {"fmt"}}},
        {"app/rig_import", {{"core/base", "core/interchange"}, {"fmt", "eigen", "assimp"}}},
        {"app/engine",
         {{"core/base", "core/motion", "core/audio", "core/io", "core/inference", "core/models",
           "core/cuda"},
          {"fmt", "eigen", "torch", "nlohmann"}}},
        {"app/studio",
         {{"core/base", "core/motion", "core/audio", "core/speech", "core/io", "core/avatar",
           "core/interchange", "core/inference", "core/analysis", "core/metrics", "core/project",
           "core/gestures", "training/protocol", "render", "app/stage"},
          {"fmt", "eigen", "nlohmann", "qt", "gl"}}},
        {"training/cluster", {{"core/base"}, {"fmt", "nlohmann"}}},
        {"training/config", {{"core/base"}, {"fmt", "yaml"}}},
        {"training/protocol", {{"core/base"}, {"fmt", "nlohmann"}}},
        {"training/data",
         {{"core/base", "core/motion", "core/audio", "core/io"}, {"fmt", "eigen", "nlohmann"}}},
        {"training",
         {{"core/base", "core/motion", "core/audio", "core/io", "core/inference", "core/models",
           "core/metrics", "training/config", "training/protocol", "training/data"},
          {"fmt", "eigen", "torch", "nlohmann", "cli11"}}},
        {"training/corpus",
         {{"core/base", "core/motion", "core/audio", "core/io", "core/gestures"},
          {"fmt", "nlohmann", "flite", "espeak"}}},
    };
    return table;
}

/// Family of a third-party header; empty for the standard library and the system.
std::string libraryOf(const std::string& header) {
    static const std::vector<std::pair<std::regex, std::string>> families{
        {std::regex("^fmt/.*"), "fmt"},
        {std::regex("^spdlog/.*"), "spdlog"},
        {std::regex("^Eigen/.*"), "eigen"},
        {std::regex("^nlohmann/json\\.hpp"), "nlohmann"},
        {std::regex("^CLI/.*"), "cli11"},
        {std::regex("^sndfile\\.h"), "sndfile"},
        {std::regex("^zlib\\.h"), "zlib"},
        {std::regex("^yaml-cpp/.*"), "yaml"},
        {std::regex("^png\\.h"), "png"},
        {std::regex("^(epoxy|EGL|GL)/.*"), "gl"},
        {std::regex("^(torch|ATen|c10)/.*"), "torch"},
        {std::regex("^cuda.*"), "cuda"},
        {std::regex("^Q[A-Za-z].*|^Qt[A-Za-z]+/.*"), "qt"},
        {std::regex("^soxr\\.h"), "soxr"},
        {std::regex("^kiss_fft.*"), "kissfft"},
        {std::regex("^(pocketsphinx|sphinxbase).*"), "pocketsphinx"},
        {std::regex("^flite/.*"), "flite"},
        {std::regex("^espeak-ng/.*"), "espeak"},
        {std::regex("^sqlite3\\.h"), "sqlite"},
        {std::regex("^assimp/.*"), "assimp"},
    };
    for (const auto& [pattern, family] : families)
        if (std::regex_match(header, pattern)) return family;
    return {};
}

std::string layerOf(const std::string& file) {
    std::string best;
    for (const auto& [folder, layer] : layers())
        if (file.rfind(folder + "/", 0) == 0 && folder.size() > best.size()) best = folder;
    return best;
}

struct Include {
    std::string file;
    std::string header;
    bool project = false;
    int line = 0;
};

std::vector<fs::path> sourceFiles() {
    const fs::path root = GESTURE_TEST_SOURCE;
    std::vector<fs::path> files;
    for (const char* top : {"core", "render", "app", "training"}) {
        for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
            const std::string extension = entry.path().extension().string();
            if (extension == ".h" || extension == ".cpp" || extension == ".cu")
                files.push_back(fs::relative(entry.path(), root));
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

std::vector<Include> allIncludes() {
    static const std::regex pattern(R"(^\s*#\s*include\s*([<"])([^>"]+)[>"])");
    std::vector<Include> includes;
    for (const fs::path& file : sourceFiles()) {
        std::ifstream stream(fs::path(GESTURE_TEST_SOURCE) / file);
        std::string line;
        for (int number = 1; std::getline(stream, line); ++number) {
            std::smatch match;
            if (std::regex_search(line, match, pattern))
                includes.push_back({file.string(), match[2], match[1] == "\"", number});
        }
    }
    return includes;
}

std::string where(const Include& include) {
    return include.file + ":" + std::to_string(include.line) + " includes " + include.header;
}

TEST(Architecture, EveryFolderIncludesOnlyTheLayersBelowIt) {
    for (const Include& include : allIncludes()) {
        if (!include.project) continue;
        const std::string from = layerOf(include.file);
        ASSERT_FALSE(from.empty()) << include.file << " lies in no known layer";
        const std::string to = layerOf(include.header);
        if (to.empty()) {
            EXPECT_NE(include.header.find("_resources.h"), std::string::npos)
                << where(include) << ", which is not named from the project's root";
            continue;
        }
        const auto& allowed = layers().at(from).folders;
        EXPECT_TRUE(to == from || std::count(allowed.begin(), allowed.end(), to) > 0)
            << where(include) << ": " << from << " may not use " << to;
    }
}

TEST(Architecture, EveryFolderUsesOnlyItsLibraries) {
    for (const Include& include : allIncludes()) {
        if (include.project) continue;
        const std::string family = libraryOf(include.header);
        if (family.empty()) continue;
        const auto& allowed = layers().at(layerOf(include.file)).libraries;
        EXPECT_TRUE(std::count(allowed.begin(), allowed.end(), family) > 0)
            << where(include) << ": " << layerOf(include.file) << " may not use " << family;
    }
}

/// Headers that name tensors: parts of networks, for files that use torch anyway. All of
/// core/models but the doors through which programs come in.
bool isNetworkHeader(const std::string& file) {
    static const std::set<std::string> doors{
        "core/models/bundle/check_networks.h", "core/models/cuda_backend.h",
        "core/models/cuda_driver.h", "core/models/device_report.h",
        "core/models/generation/network_service.h"};
    return file.rfind("core/models/", 0) == 0 && doors.count(file) == 0;
}

TEST(Architecture, HeavyLibrariesStayOutOfHeaders) {
    const std::set<std::string> heavy{"torch", "nlohmann", "zlib",   "sndfile",
                                      "png",   "cli11",    "spdlog", "sqlite"};
    for (const Include& include : allIncludes()) {
        if (include.project || fs::path(include.file).extension() != ".h") continue;
        // Layers and networks are made of tensors; who uses them is checked below.
        if (isNetworkHeader(include.file)) continue;
        EXPECT_EQ(heavy.count(libraryOf(include.header)), 0U) << where(include);
    }
}

TEST(Architecture, NetworkHeadersAreSeenOnlyWhereTorchIs) {
    for (const Include& include : allIncludes()) {
        if (!include.project || !isNetworkHeader(include.header)) continue;
        const std::string folder = layerOf(include.file);
        EXPECT_TRUE(layers().at(folder).libraries.end() !=
                    std::find(layers().at(folder).libraries.begin(),
                              layers().at(folder).libraries.end(), "torch"))
            << where(include);
        // Neither do the other headers of core/models hand them on.
        // No other folder may include those of the trainer.
        const bool handedOn = fs::path(include.file).extension() == ".h" &&
                              !isNetworkHeader(include.file) && folder != "training";
        EXPECT_FALSE(handedOn) << where(include);
    }
}

TEST(Architecture, QtAndTorchNeverMeetInOneFile) {
    std::map<std::string, std::set<std::string>> families;
    for (const Include& include : allIncludes())
        families[include.file].insert(libraryOf(include.header));
    for (const auto& [file, used] : families)
        EXPECT_FALSE(used.count("qt") > 0 && used.count("torch") > 0) << file;
}

TEST(Architecture, SourceFilesStartWithTheirLicence) {
    for (const fs::path& file : sourceFiles()) {
        std::ifstream stream(fs::path(GESTURE_TEST_SOURCE) / file);
        std::string first;
        std::getline(stream, first);
        EXPECT_EQ(first, "// SPDX-License-Identifier: Apache-2.0") << file;
    }
}

TEST(Architecture, SourceFilesStayShort) {
    constexpr int kMaxLines = 500;
    for (const fs::path& file : sourceFiles()) {
        std::ifstream stream(fs::path(GESTURE_TEST_SOURCE) / file);
        const auto lines = std::count(std::istreambuf_iterator<char>(stream), {}, '\n');
        EXPECT_LE(lines, kMaxLines) << file;
    }
}

TEST(Architecture, WeightFilesAreNeverReadByTorchItself) {
    const std::regex forbidden(R"(torch::load|jit::load|pickle_load)");
    for (const fs::path& file : sourceFiles()) {
        std::ifstream stream(fs::path(GESTURE_TEST_SOURCE) / file);
        const std::string text(std::istreambuf_iterator<char>(stream), {});
        EXPECT_FALSE(std::regex_search(text, forbidden)) << file;
    }
}

} // namespace

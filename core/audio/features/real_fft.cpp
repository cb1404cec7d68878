// SPDX-License-Identifier: Apache-2.0
#include "core/audio/features/real_fft.h"

#include "core/base/assert.h"

#include <algorithm>
#include <kiss_fft.h>
#include <kiss_fftr.h>
#include <vector>

namespace gesture::audio {

namespace {

struct Release {
    void operator()(void* configuration) const { kiss_fft_free(configuration); }
};
using RealConfiguration = std::unique_ptr<kiss_fftr_state, Release>;
using ComplexConfiguration = std::unique_ptr<kiss_fft_state, Release>;

} // namespace

/// Even sizes use the transform for real signals, which takes no others; odd ones the complex one.
struct RealFft::Impl {
    explicit Impl(int n)
        : size(n)
        , time(static_cast<std::size_t>(n))
        , frequency(static_cast<std::size_t>(n)) {
        GESTURE_ASSERT(n > 0);
        if (n % 2 == 0) {
            realForward.reset(kiss_fftr_alloc(n, 0, nullptr, nullptr));
            realInverse.reset(kiss_fftr_alloc(n, 1, nullptr, nullptr));
            GESTURE_ASSERT(realForward && realInverse);
        } else {
            complexForward.reset(kiss_fft_alloc(n, 0, nullptr, nullptr));
            complexInverse.reset(kiss_fft_alloc(n, 1, nullptr, nullptr));
            GESTURE_ASSERT(complexForward && complexInverse);
            complexTime.resize(static_cast<std::size_t>(n));
        }
    }

    int size;
    RealConfiguration realForward;
    RealConfiguration realInverse;
    ComplexConfiguration complexForward;
    ComplexConfiguration complexInverse;
    std::vector<float> time;
    std::vector<kiss_fft_cpx> complexTime;
    std::vector<kiss_fft_cpx> frequency;
};

RealFft::RealFft(int size)
    : impl_(std::make_unique<Impl>(size)) {}
RealFft::RealFft(RealFft&&) noexcept = default;
RealFft& RealFft::operator=(RealFft&&) noexcept = default;
RealFft::~RealFft() = default;

int RealFft::fastSize(int size) { return 2 * kiss_fft_next_fast_size((size + 1) / 2); }

int RealFft::size() const { return impl_->size; }

void RealFft::forward(std::span<const float> samples, std::span<std::complex<float>> bins) {
    Impl& fft = *impl_;
    GESTURE_ASSERT(samples.size() == fft.time.size());
    GESTURE_ASSERT(bins.size() == static_cast<std::size_t>(binCount()));
    if (fft.realForward) {
        kiss_fftr(fft.realForward.get(), samples.data(), fft.frequency.data());
    } else {
        std::transform(samples.begin(), samples.end(), fft.complexTime.begin(), [](float sample) {
            return kiss_fft_cpx{sample, 0.0F};
        });
        kiss_fft(fft.complexForward.get(), fft.complexTime.data(), fft.frequency.data());
    }
    for (std::size_t k = 0; k < bins.size(); ++k)
        bins[k] = {fft.frequency[k].r, fft.frequency[k].i};
}

void RealFft::inverse(std::span<const std::complex<float>> bins, std::span<float> samples) {
    Impl& fft = *impl_;
    GESTURE_ASSERT(samples.size() == fft.time.size());
    GESTURE_ASSERT(bins.size() == static_cast<std::size_t>(binCount()));
    const float scale = 1.0F / static_cast<float>(fft.size);
    for (std::size_t k = 0; k < bins.size(); ++k)
        fft.frequency[k] = {bins[k].real(), bins[k].imag()};
    if (fft.realInverse) {
        kiss_fftri(fft.realInverse.get(), fft.frequency.data(), fft.time.data());
    } else {
        for (std::size_t k = bins.size(); k < fft.frequency.size(); ++k)
            fft.frequency[k] = {bins[samples.size() - k].real(), -bins[samples.size() - k].imag()};
        kiss_fft(fft.complexInverse.get(), fft.frequency.data(), fft.complexTime.data());
        std::transform(fft.complexTime.begin(), fft.complexTime.end(), fft.time.begin(),
                       [](const kiss_fft_cpx& value) { return value.r; });
    }
    std::transform(fft.time.begin(), fft.time.end(), samples.begin(),
                   [scale](float value) { return value * scale; });
}

} // namespace gesture::audio

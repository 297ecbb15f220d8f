//! Devices that models run on.

use std::fmt;
use std::str::FromStr;

/// The CPU or a graphics card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Device {
    /// The CPU.
    Cpu,
    /// A CUDA device by its number, from 0.
    Cuda(u8),
}

/// A text that names no device.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a device; write cpu, or cuda:0 for the first graphics card")]
pub struct UnknownDevice(String);

impl FromStr for Device {
    type Err = UnknownDevice;

    /// ```
    /// use sentence_encoder::Device;
    ///
    /// assert_eq!("cpu".parse(), Ok(Device::Cpu));
    /// assert_eq!("cuda:1".parse(), Ok(Device::Cuda(1)));
    /// assert!("cuda".parse::<Device>().is_err());
    /// ```
    fn from_str(written: &str) -> Result<Self, UnknownDevice> {
        let card = || {
            let number = written.strip_prefix("cuda:")?;
            let digits = number.bytes().all(|digit| digit.is_ascii_digit());
            number.parse().ok().filter(|_| digits).map(Self::Cuda)
        };
        if written == "cpu" { Some(Self::Cpu) } else { card() }
            .ok_or_else(|| UnknownDevice(written.to_owned()))
    }
}

impl fmt::Display for Device {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cpu => formatter.write_str("cpu"),
            Self::Cuda(number) => write!(formatter, "cuda:{number}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Device;

    #[test]
    fn a_device_is_written_as_it_is_read() {
        for written in ["cpu", "cuda:0", "cuda:15"] {
            assert_eq!(written.parse::<Device>().unwrap().to_string(), written);
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for written in ["", "gpu", "CPU", "cuda:", "cuda:-1", "cuda:+1", "cuda:256", "cuda:0 "] {
            assert!(written.parse::<Device>().is_err(), "{written}");
        }
        let error = "gpu".parse::<Device>().unwrap_err();
        insta::assert_snapshot!(error, @"`gpu` is not a device; write cpu, or cuda:0 for the first graphics card");
    }
}

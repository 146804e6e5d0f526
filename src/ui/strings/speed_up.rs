//! The words of the exhibit that measures the speed-up of more threads.

/// The words of the exhibit.
pub struct Words {
    pub title: &'static str,
    pub load: &'static str,
    pub start: &'static str,
    pub stop: &'static str,
    pub again: &'static str,
    pub not_yet: &'static str,
    pub pacing: &'static str,
    pub over: &'static str,
    pub before: &'static str,
    pub stopped: &'static str,
    pub no_threads: &'static str,
    pub threads: &'static str,
    pub ideal: &'static str,
    pub simulated: &'static str,
    pub measured: &'static str,
    pub time: &'static str,
    pub speed_up: &'static str,
    pub hidden: &'static str,
}

impl Words {
    /// Which run it is, of how many, and on how many threads.
    pub fn progress(&self, run: usize, of: usize, threads: usize) -> String {
        format!("Cleaning: run {run} of {of}, {threads} {}.", if threads == 1 { "clerk" } else { "clerks" })
    }

    /// What the number of cores means for the measurement.
    pub fn cores(&self, cores: Option<usize>) -> String {
        match cores {
            None => "Your browser does not say how many cores there are.".to_owned(),
            Some(1) => {
                "Your browser says 1 core: two threads must share it, so they cannot be faster.".to_owned()
            }
            Some(cores) => {
                format!("Your browser says {cores} cores: more than {cores} threads cannot help with work.")
            }
        }
    }
}

/// English.
pub const EN: Words = Words {
    title: "Speed-up, on your own cores",
    load: "Eight rooms to clean: the same amount of arithmetic, done by one thread of your browser, then by more. Of \
           three runs each, the best counts.",
    start: "Measure",
    stop: "Stop",
    again: "Measure again",
    not_yet: "Not measured yet. It takes some seconds, and all your cores.",
    pacing: "Finding out how much one core does in 0.1 s.",
    over: "Measured.",
    before: "Measured when you were here before.",
    stopped: "Stopped. What was measured until then stays.",
    no_threads: "Threads cannot be started here, so there is nothing to measure:",
    threads: "Threads",
    ideal: "Ideal",
    simulated: "Simulated",
    measured: "Measured",
    time: "Took",
    speed_up: "How many times as fast",
    hidden: "The page was hidden meanwhile. Browsers slow hidden pages down, so this may be off.",
};

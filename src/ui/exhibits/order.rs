use crate::ui::exhibits::calls::{Say, grill};

pub async fn order(number: u32, say: Say) -> u32 {
    say("the order begins");
    grill(1000).await;
    say("the burgers are there");
    number
}

<?php

function notify_all($users)
{
    foreach ($users as $user) {
        notify($user);
    }

    return null;
}
